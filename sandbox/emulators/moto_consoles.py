"""The consoles of instances."""

import base64
from pathlib import Path

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.responses import EC2Response
from moto.ec2.responses.general import General

from moto_background import refuse
from moto_host import Host

SCREEN = Path(__file__).with_name("console.jpg")


def consoles_tell_of_their_host() -> None:
    """moto has one console text for all, and no screenshots."""

    def kind(instance):
        return INSTANCE_TYPES.get(instance.instance_type, {})

    def output(self):
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        if self._get_param("Latest") and kind(instance).get("Hypervisor") != "nitro":
            words = "This instance type does not support retrieving the latest console logs."
            raise refuse("UnsupportedOperation", words)
        self.error_on_dryrun()
        text = base64.b64encode(Host(instance).console().encode()).decode()
        return ActionResult({"InstanceId": instance.id, "Timestamp": utcnow(), "Output": text})

    def screenshot(self):
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        architectures = kind(instance).get("ProcessorInfo", {}).get("SupportedArchitectures", [])
        if kind(instance).get("BareMetal") or "arm64" in architectures:
            words = f"The instance type {instance.instance_type} does not support screenshots."
            raise refuse("UnsupportedOperation", words)
        if instance.state != "running":
            words = f"The instance '{instance.id}' is not in the 'running' state."
            raise refuse("IncorrectInstanceState", words)
        self.error_on_dryrun()
        picture = base64.b64encode(SCREEN.read_bytes()).decode()
        return ActionResult({"InstanceId": instance.id, "ImageData": picture})

    General.get_console_output = output
    EC2Response.get_console_screenshot = screenshot


repairs = (consoles_tell_of_their_host,)
