"""Verifies the token and the detached Bundle signature of requests, with jwcrypto and rfc8785.

Each argument is a JSON file with `authorization` (the header) and `body` (the Bundle's text). Nothing of
kantakoe takes part: the canonical form (RFC 8785), the compact serialisation (RFC 7515) and the RSA signature
are those of the two libraries. Each line of output is a file that is wrong and why.
"""

import base64
import json
import sys

import rfc8785
from cryptography import x509
from jwcrypto import jwk, jws


def key_of(token):
    """The public key of the leaf certificate in `x5c`: base64 DER, RFC 7515 section 4.1.6."""
    chain = token.jose_header["x5c"]
    certificate = x509.load_der_x509_certificate(base64.b64decode(chain[0], validate=True))
    return jwk.JWK.from_pyca(certificate.public_key())


def verified(compact, payload=None):
    """The payload of a compact JWS, once its signature holds."""
    token = jws.JWS()
    token.deserialize(compact)
    token.allowed_algs = ["RS256"]
    token.verify(key_of(token), detached_payload=payload)
    return payload if payload is not None else token.payload


def check(request):
    scheme, token = request["authorization"].split(" ")
    if scheme != "Bearer":
        raise ValueError(f"scheme {scheme}")
    claims = json.loads(verified(token))
    if not claims["iat"] <= claims["nbf"] < claims["exp"]:
        raise ValueError("times of the token")
    bundle = json.loads(request["body"])
    signature = bundle.pop("signature")
    compact = base64.b64decode(signature["data"], validate=True).decode("ascii")
    verified(compact, rfc8785.dumps(bundle))


def main():
    wrong = False
    for name in sys.argv[1:]:
        try:
            with open(name, encoding="utf-8") as file:
                check(json.load(file))
        except Exception as error:  # Whatever the libraries say of the request is their verdict.
            wrong = True
            print(f"{name}: {type(error).__name__}: {error}")
    sys.exit(1 if wrong else 0)


main()
