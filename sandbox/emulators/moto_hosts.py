"""What moto lacks of hosts: a screen, Systems Manager's list of them, and commands that run step by step."""

import json

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ec2.responses import general
from moto.ssm import models, responses

# The smallest picture that is one.
SCREEN = (
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////"
    "////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAA"
    "AAAAAP/aAAgBAQABPxA="
)

# What the seeded web server says of itself: a miner that was deleted while it runs, and talks to its pool.
SAID = {
    "linux-system": "Linux web-server 6.1.0-amazon x86_64 GNU/Linux",
    "linux-sockets": (
        "tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:((\"sshd\",pid=812,fd=3))\n"
        "tcp ESTAB 0 0 10.0.0.4:51844 198.51.100.23:4444 users:((\"kworkerds\",pid=1337,fd=5))"
    ),
    "linux-processes": "1337 1 1000 Ssl ./kworkerds -o 198.51.100.23:4444",
    "linux-executables": (
        "-- deleted, or never a file\n"
        "1337 exe=/tmp/.x/kworkerds (deleted) cwd=/tmp/.x args=./kworkerds -o 198.51.100.23:4444"
    ),
    "linux-persistence": "-- /etc/cron.d/apache2-update\n*/5 * * * * www-data /tmp/.x/run",
}


def consoles_have_a_screen() -> None:
    """moto knows no GetConsoleScreenshot."""

    def get_console_screenshot(self):
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        return ActionResult({"InstanceId": instance.id, "ImageData": SCREEN})

    general.General.get_console_screenshot = get_console_screenshot


def running(account, region):
    instances = ec2_backends[account][region].all_instances()
    return {it.id: it for it in instances if it._state.name == "running"}


def managed_hosts_are_listed() -> None:
    """moto knows no DescribeInstanceInformation. Here each running instance has an agent."""

    def describe(self):
        filters = self._get_param("Filters", [])
        asked = [value for it in filters if it["Key"] == "InstanceIds" for value in it["Values"]]
        found = running(self.current_account, self.region)
        hosts = [
            {
                "InstanceId": it,
                "PingStatus": "Online",
                "LastPingDateTime": utcnow(),
                "PlatformType": "Linux",
                "AgentVersion": "3.3.0.0",
                "ResourceType": "EC2Instance",
            }
            for it in found
            if not filters or it in asked
        ]
        return ActionResult({"InstanceInformationList": hosts})

    responses.SimpleSystemManagerResponse.describe_instance_information = describe


def steps_of(backend, name):
    """The names of a document's steps, as its author wrote them."""
    document = backend._documents.get(name)
    if document is None:
        raise models.RESTError("InvalidDocument", "The specified document does not exist.")
    content = document.get_default_version().content
    parsed = content if isinstance(content, dict) else json.loads(content)
    return [(it["name"], it.get("precondition")) for it in parsed.get("mainSteps", [])]


def commands_run_step_by_step() -> None:
    """moto runs one nameless step, on any id, of any document, and does not list what came of it."""
    backend = models.SimpleSystemManagerBackend
    send = backend.send_command

    def send_command(self, **given):
        steps = steps_of(self, given["document_name"])
        known = running(self.account_id, self.region_name)
        if any(it not in known for it in given["instance_ids"]):
            raise models.RESTError("InvalidInstanceId", "Instances not in a valid state for account")
        command = send(self, **given)
        command.invocations = []
        for instance in command.instance_ids:
            for name, precondition in steps:
                said = command.invocation_response(instance, name)
                said["StandardOutputContent"] = words(name, precondition)
                command.invocations.append(said)
        return command

    def words(name, precondition):
        if precondition and "Windows" in json.dumps(precondition):
            return f'Step execution skipped due to unsupported platform: "Linux". Step name: {name}'
        return f"== {name.partition('-')[2]}\n{SAID.get(name, '')}\n"

    def get_invocation(self, instance_id, plugin_name):
        for it in self.invocations:
            if it["InstanceId"] == instance_id and plugin_name in (None, it["PluginName"]):
                return it
        raise models.RESTError("InvocationDoesNotExist", "There is no such invocation")

    def list_command_invocations(self):
        command = self.ssm_backend.get_command_by_id(self._get_param("CommandId"))
        found = []
        for instance in command.instance_ids:
            steps = [it for it in command.invocations if it["InstanceId"] == instance]
            plugins = [
                {
                    "Name": it["PluginName"],
                    "Status": it["Status"],
                    "Output": it["StandardOutputContent"][:2500],
                }
                for it in steps
            ]
            found.append(
                {
                    "CommandId": command.command_id,
                    "InstanceId": instance,
                    "DocumentName": command.document_name,
                    "Status": command.status,
                    "StatusDetails": command.status,
                    "CommandPlugins": plugins if self._get_param("Details") else [],
                }
            )
        return ActionResult({"CommandInvocations": found})

    def cancel_command(self):
        self.ssm_backend.get_command_by_id(self._get_param("CommandId"))
        return ActionResult({})

    backend.send_command = send_command
    models.Command.get_invocation = get_invocation
    responses.SimpleSystemManagerResponse.list_command_invocations = list_command_invocations
    responses.SimpleSystemManagerResponse.cancel_command = cancel_command
