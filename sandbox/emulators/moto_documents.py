"""Systems Manager documents of type Command, as the commands that run them need them."""

import re

from moto.ssm import models
from moto.ssm.exceptions import SSMException
from moto.ssm.models import ssm_backends

AMAZONS = {
    "AWS-RunShellScript": ("runShellScript", "aws:runShellScript", "Linux"),
    "AWS-RunPowerShellScript": ("runPowerShellScript", "aws:runPowerShellScript", "Windows"),
}
PARAMETERS = {
    "commands": {"type": "StringList"},
    "workingDirectory": {"type": "String", "default": ""},
    "executionTimeout": {"type": "String", "default": "3600"},
}


def find(account: str, region: str, name: str, version: str | None) -> dict:
    """The content of a document: of AWS, of the account, or of one that shares it with the account."""
    if name in AMAZONS:
        step, action, _ = AMAZONS[name]
        inputs = {"runCommand": "{{ commands }}", "timeoutSeconds": "{{ executionTimeout }}"}
        return {"parameters": PARAMETERS, "mainSteps": [{"name": step, "action": action, "inputs": inputs}]}
    arn = re.fullmatch(rf"arn:aws:ssm:{region}:(\d{{12}}):document/(.+)", name)
    owner, own_name = (arn[1], arn[2]) if arn else (account, name)
    documents = ssm_backends[owner][region]._documents.get(own_name)
    if documents is None or (owner != account and account not in documents.permissions):
        raise SSMException("InvalidDocument", f"Document with name {name} does not exist.")
    if version == "$DEFAULT":
        version = None
    document = documents.find(version, strict=False)
    if document is None:
        raise SSMException("InvalidDocumentVersion", f"Document {name} has no version {version}.")
    if document.document_type != "Command":
        raise SSMException("InvalidDocument", f"Document {name} is not of type Command.")
    return document.content_json


def check_parameters(content: dict, given: dict) -> dict:
    """Name → list of values, with the defaults."""
    known = content.get("parameters") or {}
    for name in given:
        if name not in known:
            raise SSMException("InvalidParameters", f"Parameter \"{name}\" is not defined in the document.")
    values = {}
    for name, facts in known.items():
        if name not in given and "default" not in facts:
            raise SSMException("InvalidParameters", f"Missing required parameter: {name}")
        value = given.get(name, facts.get("default"))
        values[name] = value if isinstance(value, list) else [str(value)]
        for it in values[name]:
            allowed, pattern = facts.get("allowedValues"), facts.get("allowedPattern")
            if (allowed and it not in allowed) or (pattern and not re.search(pattern, it)):
                raise SSMException("InvalidParameters", f"Parameter \"{name}\" has a value that is not allowed.")
    return values


def scripts(content: dict, values: dict) -> list[tuple[str, list[str]]]:
    """Step name → the lines that it runs."""

    def fill(line):
        whole = re.fullmatch(r"\{\{\s*(\w+)\s*\}\}", line)
        if whole:
            return values.get(whole[1], [])
        return [re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda it: ",".join(values.get(it[1], [])), line)]

    found = []
    for step in content.get("mainSteps", []):
        lines = (step.get("inputs") or {}).get("runCommand", [])
        lines = [lines] if isinstance(lines, str) else lines
        found.append((step["name"], [it for line in lines for part in fill(line) for it in part.split("\n")]))
    return found


def platforms(content: dict) -> dict[str, str]:
    """Step name → the one platform that it runs on, where its precondition names one."""
    named = {}
    for step in content.get("mainSteps", []):
        left, right = (step.get("precondition") or {}).get("StringEquals", (None, None))
        if left == "platformType":
            named[step["name"]] = right
    return named


def documents_tell_their_platforms() -> None:
    """moto's documents run on the platform "Not Implemented (moto)"."""
    create = models.Document.__init__

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        actions = [it.get("action", "") for it in self.content_json.get("mainSteps", [])]
        shells = {it for it in actions if it in ("aws:runShellScript", "aws:runPowerShellScript")}
        only_linux = ["Linux", "MacOS"]
        self.platform_types = only_linux if shells == {"aws:runShellScript"} else ["Windows", *only_linux]

    models.Document.__init__ = init


repairs = (documents_tell_their_platforms,)
