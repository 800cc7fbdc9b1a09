"""A stock SOAP client (zeep): reads the WSDL at the given address, sends the message of the given file through
the port of the given name, and prints what the acknowledgement says as JSON."""

import json
import sys

import zeep
from lxml import etree

address, path, port = sys.argv[1:]
client = zeep.Client(address, service_name="Archive", port_name=port)
message = etree.parse(path).getroot().find("{*}Body")[0]
operation = client.service[etree.QName(message).localname]
answer = operation(_value_1=list(message.iterchildren(tag=etree.Element)), ITSVersion=message.get("ITSVersion"))
details = answer.acknowledgement.acknowledgementDetail
print(json.dumps({
    "code": answer.acknowledgement.typeCode.code,
    "target": answer.acknowledgement.targetMessage.id.extension,
    "interaction": answer.interactionId.extension,
    "details": [[detail.typeCode, detail.text] for detail in details],
    "act": answer.controlActProcess is not None,
}))
