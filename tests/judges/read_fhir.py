"""Reads FHIR resources with fhir.resources, which knows every element of release R4B.

The resources that kantakoe exchanges (Bundle, AuditEvent, Provenance, OperationOutcome, CapabilityStatement
and what they contain) are the same in R4 and R4B but for the version number. Unknown elements, missing ones,
wrong types, unknown codes and duplicate choices are refused; profiles are not looked at. Each argument is a file; each
line of output is a file that is wrong and why.
"""

import json
import sys

from fhir.resources.R4B import get_fhir_model_class
from pydantic import BaseModel


def read(text):
    """Raises where the text is no valid resource, or where reading changes what it says."""
    said = json.loads(text)
    if said.get("fhirVersion") == "4.0.1":
        # R4B has the same CapabilityStatement, and accepts its own version number there.
        said["fhirVersion"] = "4.3.0"
    model = get_fhir_model_class(said["resourceType"])
    resource = model.model_validate(said)
    for one in inner(said):
        get_fhir_model_class(one["resourceType"]).model_validate(one)
    check_codes(resource)
    again = json.loads(resource.model_dump_json())
    lost = set(names(said)) - set(names(again))
    if lost:
        raise ValueError(f"not understood: {sorted(lost)}")


def check_codes(element):
    """Raises where a code is outside the list that the library keeps beside its element but does not ask for."""
    for name, field in type(element).model_fields.items():
        value = getattr(element, name)
        values = value if isinstance(value, list) else [value]
        allowed = (field.json_schema_extra or {}).get("enum_values")
        for one in values:
            if isinstance(one, BaseModel):
                check_codes(one)
            # The list of CapabilityStatement.format is words about the codes: "formats", "mime".
            elif allowed and "mime" not in allowed and one is not None and one not in allowed:
                raise ValueError(f"{type(element).__name__}.{name}: {one} is none of {allowed}")


def inner(value):
    """Every resource inside another one."""
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        if isinstance(child, dict) and "resourceType" in child:
            yield child
        yield from inner(child)


def names(value, path=""):
    """Paths of all elements."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield f"{path}.{name}"
            yield from names(child, f"{path}.{name}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from names(child, f"{path}[{index}]")


def main():
    wrong = False
    for name in sys.argv[1:]:
        try:
            with open(name, encoding="utf-8") as file:
                read(file.read())
        except Exception as error:  # Whatever the library says of the file is its verdict.
            wrong = True
            print(f"{name}: {type(error).__name__}: {error}")
    sys.exit(1 if wrong else 0)


main()
