"""Systems Manager commands: they take a while, and end as they end on the instance.

The wish `command` of an instance is how one ends there: `fail`, `timeout` or `hang` (until it is cancelled).
"""

import time
import uuid
from datetime import timedelta

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2 import ec2_backends
from moto.ssm.exceptions import SSMException
from moto.ssm.responses import SimpleSystemManagerResponse as Responses

from moto_agents import is_connected, is_managed, page
from moto_background import Course, wish
from moto_documents import AMAZONS, check_parameters, find, platforms, scripts
from moto_host import Host

ENDED = ("Success", "Failed", "TimedOut", "Cancelled")
ENDS = {None: "Success", "fail": "Failed", "timeout": "TimedOut", "hang": "InProgress"}
DETAILS = {"TimedOut": "ExecutionTimedOut"}


class Invocation:
    def __init__(self, command, instance):
        self.command, self.instance = command, instance
        end = ENDS[wish(instance, "command")]
        # Nobody knows of it right after the call, not even who sent it.
        self.course = Course(None, "Pending", "InProgress", end)
        self.born, self.delivered, self.ended = time.monotonic(), False, None

    def look(self) -> str | None:
        status = self.seen(self.course.look())
        if status in ENDED and self.ended is None:
            self.ended = utcnow()
        return status

    def seen(self, status: str | None) -> str | None:
        """What is not delivered stays pending, until it is too late."""
        if status not in ("InProgress", *ENDED) or self.delivered or status == "Cancelled":
            return status
        self.delivered = is_connected(self.instance)
        late = time.monotonic() - self.born > self.command.timeout
        return status if self.delivered else "TimedOut" if late else "Pending"

    def cancel(self):
        if self.seen(self.course.now()) not in ENDED:
            self.course = Course("Cancelling", "Cancelled")

    def details(self, status: str) -> str:
        if status == "TimedOut" and not self.delivered:
            return "DeliveryTimedOut"
        return DETAILS.get(status, status)

    def output(self, step: int, status: str) -> tuple[str, str, int]:
        """Standard output, standard error and response code of a step."""
        if not self.delivered or status in ("Pending", "InProgress", "Cancelling"):
            return "", "", -1
        name, lines = self.command.steps[step]
        own = "Windows" if self.instance.platform == "windows" else "Linux"
        if self.command.only.get(name, own) != own:
            words = f'Step execution skipped due to unsupported platform: "{own}". Step name: {name}'
            return words, "", 0
        text = Host(self.instance).run(lines)
        if status == "Success":
            return text, "", 0
        rows = text.splitlines(keepends=True)
        partial = "".join(rows[: len(rows) // 2])
        return partial, f"{name}: killed\n" if status != "Failed" else "failed to run commands: exit status 1\n", 1

    def told(self, status: str) -> dict:
        """What every answer about it has in common."""
        return {
            "CommandId": self.command.id,
            "InstanceId": self.instance.id,
            "Comment": self.command.comment,
            "DocumentName": self.command.document,
            "DocumentVersion": self.command.version,
            "Status": status,
            "StatusDetails": self.details(status),
        }


class Command:
    def __init__(self, response, instances, steps):
        ask = response._get_param
        self.id, self.sent, self.steps = str(uuid.uuid4()), utcnow(), steps
        self.document, self.comment = ask("DocumentName"), ask("Comment", "")
        self.version, self.parameters = ask("DocumentVersion", "$DEFAULT"), ask("Parameters", {})
        self.timeout, self.targets = int(ask("TimeoutSeconds") or 3600), ask("Targets", [])
        self.invocations = [Invocation(self, it) for it in instances]

    def told(self) -> dict:
        seen = [it.seen(it.course.now()) or "Pending" for it in self.invocations]
        going = next((it for it in ("InProgress", "Pending", "Cancelling") if it in seen), None)
        bad = next((it for it in ("Failed", "TimedOut", "Cancelled") if it in seen), "Success")
        return {
            "CommandId": self.id,
            "DocumentName": self.document,
            "DocumentVersion": self.version,
            "Comment": self.comment,
            "Parameters": self.parameters,
            "InstanceIds": [] if self.targets else [it.instance.id for it in self.invocations],
            "Targets": self.targets,
            "RequestedDateTime": self.sent,
            "ExpiresAfter": self.sent + timedelta(seconds=self.timeout),
            "TimeoutSeconds": self.timeout,
            "Status": going or bad,
            "StatusDetails": going or DETAILS.get(bad, bad),
            "TargetCount": len(seen),
            "CompletedCount": len([it for it in seen if it in ENDED]),
            "ErrorCount": len([it for it in seen if it in ("Failed", "TimedOut")]),
        }


def commands_run_on_managed_instances() -> None:
    """moto's SendCommand takes any id, document and parameter, and has succeeded before it answers."""

    def meant(self):
        backend = ec2_backends[self.current_account][self.region]
        ids, targets = self._get_param("InstanceIds", []), self._get_param("Targets", [])
        named = [it for target in targets if target["Key"].lower() == "instanceids" for it in target["Values"]]
        filters = {it["Key"]: it["Values"] for it in targets if it["Key"].startswith("tag")}
        tagged = [it for res in backend.all_reservations(filters) for it in res.instances] if filters else []
        known = {it.id: it for it in backend.all_instances()}
        wrong = [it for it in [*ids, *named] if it not in known or not is_managed(known[it])]
        if wrong:
            words = f"Instances [[{', '.join(wrong)}]] not in a valid state for account {self.current_account}"
            raise SSMException("InvalidInstanceId", words)
        return [known[it] for it in [*ids, *named]] + [it for it in tagged if is_managed(it)]

    def send(self):
        name, version = self._get_param("DocumentName"), self._get_param("DocumentVersion")
        content = find(self.current_account, self.region, name, version)
        seconds = self._get_param("TimeoutSeconds")
        if seconds is not None and not 30 <= int(seconds) <= 2_592_000:
            raise SSMException("ValidationException", "timeoutSeconds must be between 30 and 2592000.")
        instances = meant(self)
        linux = [it for it in instances if it.platform != "windows"]
        if name in AMAZONS and len(linux) != (len(instances) if AMAZONS[name][2] == "Linux" else 0):
            raise SSMException("UnsupportedPlatformType", f"{name} does not run on the platform of a target.")
        steps = scripts(content, check_parameters(content, self._get_param("Parameters", {})))
        command = Command(self, instances, steps)
        command.only = platforms(content)
        self.ssm_backend.__dict__.setdefault("runs", {})[command.id] = command
        return ActionResult({"Command": {**command.told(), "Status": "Pending", "StatusDetails": "Pending"}})

    Responses.send_command = send


def command_of(self, required=True):
    wanted, runs = self._get_param("CommandId"), self.ssm_backend.__dict__.get("runs", {})
    if required and wanted not in runs:
        words = "The specified command ID isn't valid. Verify the ID and try again."
        raise SSMException("InvalidCommandId", words)
    return [runs[wanted]] if wanted in runs else [] if wanted else list(runs.values())


def invocations_are_followed() -> None:
    """moto's GetCommandInvocation always tells of success without output; it cannot list or cancel."""

    def get(self):
        command, wanted = command_of(self)[0], self._get_param("InstanceId")
        invocation = next((it for it in command.invocations if it.instance.id == wanted), None)
        status = invocation.look() if invocation else None
        if status is None:
            words = "The command ID and instance ID didn't match any invocations."
            raise SSMException("InvocationDoesNotExist", words)
        names, plugin = [name for name, _ in command.steps], self._get_param("PluginName")
        if plugin not in names and (plugin or len(names) > 1):
            raise SSMException("InvalidPluginName", "The plugin name isn't valid.")
        said, complained, code = invocation.output(names.index(plugin) if plugin else 0, status)
        started = command.sent.isoformat() if invocation.delivered else ""
        return ActionResult({
            **invocation.told(status),
            "PluginName": plugin or names[0],
            "ResponseCode": code,
            "ExecutionStartDateTime": started,
            "ExecutionEndDateTime": invocation.ended.isoformat() if started and invocation.ended else "",
            "StandardOutputContent": said[:24_000],
            "StandardErrorContent": complained[:8_000],
        })

    def listed(self):
        wanted, details = self._get_param("InstanceId"), self._get_param("Details", False)
        found = [it for command in command_of(self, False) for it in command.invocations]
        seen = [(it, it.look()) for it in found if not wanted or it.instance.id == wanted]
        rows = [row(it, status, details) for it, status in seen if status is not None]
        items, more = page(self, rows, 50, "InvalidNextToken")
        return ActionResult({"CommandInvocations": items, **more})

    def row(invocation, status, details):
        plugins = []
        for step, (name, _) in enumerate(invocation.command.steps):
            said, complained, code = invocation.output(step, status)
            told = {"Name": name, "Status": status, "StatusDetails": invocation.details(status)}
            plugins.append({**told, "ResponseCode": code, "Output": (said + complained)[:2500]})
        shown = {**invocation.told(status), "RequestedDateTime": invocation.command.sent}
        return {**shown, "CommandPlugins": plugins if details else []}

    def cancel(self):
        wanted = self._get_param("InstanceIds", [])
        for invocation in command_of(self)[0].invocations:
            if not wanted or invocation.instance.id in wanted:
                invocation.cancel()
        return EmptyResult()

    def commands(self):
        wanted = self._get_param("InstanceId")
        ran_on = {it.id: [each.instance.id for each in it.invocations] for it in command_of(self, False)}
        found = [it for it in command_of(self, False) if not wanted or wanted in ran_on[it.id]]
        for command in found:
            for invocation in command.invocations:
                invocation.look()
        items, more = page(self, [it.told() for it in reversed(found)], 25, "InvalidNextToken")
        return ActionResult({"Commands": items, **more})

    Responses.get_command_invocation, Responses.list_command_invocations = get, listed
    Responses.cancel_command, Responses.list_commands = cancel, commands


repairs = (commands_run_on_managed_instances, invocations_are_followed)
