"""What the policies of a role or user allow, with their conditions: moto stores policies and asks nobody."""

import json
import re
from datetime import datetime, timezone

from moto.core.responses import ActionResult
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.iam.responses import IamResponse


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def fits(pattern: str, value: str, exact_case: bool = False) -> bool:
    parts = re.split(r"([*?])", pattern)
    regex = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts)
    return re.fullmatch(regex, value, 0 if exact_case else re.IGNORECASE | re.DOTALL) is not None


def moment(text: str) -> datetime:
    parsed = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)


TESTS = {
    "StringEquals": lambda want, have: want == have,
    "StringEqualsIgnoreCase": lambda want, have: want.lower() == have.lower(),
    "StringLike": lambda want, have: fits(want, have, True),
    "ArnEquals": lambda want, have: fits(want, have, True),
    "ArnLike": lambda want, have: fits(want, have, True),
    "Bool": lambda want, have: want.lower() == have.lower(),
    "DateLessThan": lambda want, have: moment(have) < moment(want),
    "DateLessThanEquals": lambda want, have: moment(have) <= moment(want),
    "DateGreaterThan": lambda want, have: moment(have) > moment(want),
    "DateGreaterThanEquals": lambda want, have: moment(have) >= moment(want),
}
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}


def holds(operator: str, key: str, wanted, context: dict) -> bool:
    values = listed(context.get(key.lower(), []))
    if operator == "Null":
        return (not values) == (str(listed(wanted)[0]).lower() == "true")
    name = operator.removesuffix("IfExists")
    if not values:
        return name != operator or name in NEGATED
    test = TESTS.get(NEGATED.get(name, name))
    if test is None:
        raise NotImplementedError(f"The sandbox does not evaluate the condition {operator}")
    found = any(test(str(want), str(have)) for want in listed(wanted) for have in values)
    return found != (name in NEGATED)


def applies(statement: dict, action: str, resource: str, context: dict) -> bool:
    actions = listed(statement.get("Action") or statement.get("NotAction") or [])
    resources = listed(statement.get("Resource") or statement.get("NotResource") or "*")
    if any(fits(it, action) for it in actions) != ("Action" in statement):
        return False
    if any(fits(it, resource, True) for it in resources) != ("NotResource" not in statement):
        return False
    conditions = statement.get("Condition", {})
    return all(holds(op, key, it, context) for op, keys in conditions.items() for key, it in keys.items())


def statements_of(principal) -> list[dict]:
    inline = list(principal.policies.values())
    versions = [version for it in principal.managed_policies.values() for version in it.versions]
    managed = [it.document for it in versions if it.is_default]
    documents = [json.loads(it) if isinstance(it, str) else it for it in [*inline, *managed]]
    return [it for document in documents for it in listed(document["Statement"])]


def decide(statements: list[dict], action: str, resource: str = "*", context: dict | None = None) -> str:
    """`allowed`, `explicitDeny` or `implicitDeny`; the keys of the context may have any case."""
    lower = {key.lower(): value for key, value in (context or {}).items()}
    effects = {it["Effect"] for it in statements if applies(it, action, resource, lower)}
    return "explicitDeny" if "Deny" in effects else "allowed" if "Allow" in effects else "implicitDeny"


def role_allows(account: str, role: str, action: str, context: dict) -> bool:
    found = next((it for it in iam_backends[account]["aws"].roles.values() if it.name == role), None)
    return found is not None and decide(statements_of(found), action, context=context) == "allowed"


def policies_can_be_simulated() -> None:
    """moto has no SimulatePrincipalPolicy. This one knows identity policies; boundaries and SCPs it does not."""

    def principal_of(backend, arn):
        found = [*backend.roles.values(), *backend.users.values()]
        principal = next((it for it in found if it.arn == arn), None)
        if principal is None:
            raise NotFoundException(f"Policy source {arn} does not exist.")
        return principal

    def simulate(self):
        statements = statements_of(principal_of(self.backend, self._get_param("PolicySourceArn")))
        for document in self._get_param("PolicyInputList", []):
            statements += listed(json.loads(document)["Statement"])
        entries = self._get_param("ContextEntries", [])
        context = {it["ContextKeyName"]: it["ContextKeyValues"] for it in entries}
        results = [
            {
                "EvalActionName": action,
                "EvalResourceName": resource,
                "EvalDecision": decide(statements, action, resource, context),
                "MatchedStatements": [],
                "MissingContextValues": [],
            }
            for action in self._get_param("ActionNames", [])
            for resource in self._get_param("ResourceArns", ["*"])
        ]
        return ActionResult({"EvaluationResults": results, "IsTruncated": False})

    IamResponse.simulate_principal_policy = simulate


repairs = (policies_can_be_simulated,)
