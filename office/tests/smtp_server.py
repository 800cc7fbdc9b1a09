"""An SMTP server of aiosmtpd for the tests: says its port, keeps each letter in the folder of its first argument,
refuses recipients that begin with "gone" for good and those that begin with "later" for now."""
import pathlib, socket, sys, uuid
from aiosmtpd.controller import Controller


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such user"
        if address.startswith("later"):
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        folder = pathlib.Path(sys.argv[1])
        (folder / f"{uuid.uuid4()}.eml").write_bytes(envelope.content)
        return "250 OK"


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
sys.stdin.read()
