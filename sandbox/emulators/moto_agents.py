"""Systems Manager: the instances whose agent reports, and the sessions that people have on them.

An instance is managed from when its role allows its agent to report. It stays connected as long as it
runs, its groups let it out and its credentials allow the agent's calls: with the profile gone it keeps
those that it has. The wish `agent` is `none`, `lost` or `default` (managed without a profile).
"""

import uuid

from moto.core.utils import utcnow
from moto.core.responses import ActionResult
from moto.ec2 import ec2_backends
from moto.ssm.exceptions import SSMException
from moto.ssm.responses import SimpleSystemManagerResponse as Responses

from moto_background import Course, wish
from moto_policies import role_allows

CALLS = (("ssm:UpdateInstanceInformation",), ("ssmmessages:OpenControlChannel", "ec2messages:GetMessages"))


def may_report(instance) -> bool:
    if wish(instance, "agent") == "default":
        return True
    profile = getattr(instance, "last_profile", None)
    role = profile.roles[0].name if profile and profile.roles else None
    account = instance.ec2_backend.account_id
    region = instance.ec2_backend.region_name
    context = {
        "ec2:SourceInstanceARN": f"arn:aws:ec2:{region}:{account}:instance/{instance.id}",
        "aws:TokenIssueTime": instance.launch_time.isoformat(),
    }
    return role is not None and all(
        any(role_allows(account, role, call, context) for call in either) for either in CALLS
    )


def is_connected(instance) -> bool:
    let_out = any(group.egress_rules for nic in instance.nics.values() for group in nic.group_set)
    well = instance.state == "running" and let_out and wish(instance, "agent") != "lost"
    return well and is_managed(instance) and may_report(instance)


def is_managed(instance) -> bool:
    if wish(instance, "agent") == "none" or instance.state in ("shutting-down", "terminated"):
        return False
    if not getattr(instance, "agent_since", None) and instance.state == "running" and may_report(instance):
        instance.agent_since = utcnow()
    return getattr(instance, "agent_since", None) is not None


def instances_of(response) -> list:
    return ec2_backends[response.current_account][response.region].all_instances()


def page(response, items, size: int, fault: str):
    """A page of the items and the token of the next, which is where it starts."""
    try:
        start = int(response._get_param("NextToken") or 0)
    except ValueError:
        raise SSMException("InvalidNextToken", "The specified token is not valid.") from None
    end = start + int(response._get_param("MaxResults") or size)
    return items[start:end], {"NextToken": str(end)} if end < len(items) else {}


def agents_report() -> None:
    """moto has no DescribeInstanceInformation. As on AWS, a stopped instance is not in its answer."""

    def told(instance):
        connected = is_connected(instance)
        if connected:
            instance.agent_seen = utcnow()
        windows = instance.platform == "windows"
        return {
            "InstanceId": instance.id,
            "PingStatus": "Online" if connected else "ConnectionLost",
            "LastPingDateTime": getattr(instance, "agent_seen", instance.agent_since),
            "AgentVersion": "3.3.1802.0",
            "IsLatestVersion": True,
            "PlatformType": "Windows" if windows else "Linux",
            "PlatformName": "Microsoft Windows Server 2022 Datacenter" if windows else "Amazon Linux",
            "PlatformVersion": "10.0.20348" if windows else "2023",
            "ResourceType": "EC2Instance",
            "IPAddress": instance.private_ip,
            "ComputerName": instance.private_dns_name,
            "SourceId": instance.id,
            "SourceType": "AWS::EC2::Instance",
        }

    fields = {"InstanceIds": "InstanceId", "PingStatus": "PingStatus", "PlatformTypes": "PlatformType",
              "ResourceType": "ResourceType", "AgentVersion": "AgentVersion"}

    def wanted(self):
        filters = [(it["Key"], it["Values"]) for it in self._get_param("Filters", [])]
        filters += [(it["key"], it["valueSet"]) for it in self._get_param("InstanceInformationFilterList", [])]
        for key, _ in filters:
            if key not in fields:
                raise SSMException("InvalidFilterKey", f"The sandbox does not know the filter {key}.")
        return filters

    def describe(self):
        filters = wanted(self)
        running = [it for it in instances_of(self) if it.state == "running" and is_managed(it)]
        found = [told(it) for it in running]
        matching = [it for it in found if all(it[fields[key]] in values for key, values in filters)]
        items, more = page(self, matching, 10, "InvalidNextToken")
        return ActionResult({"InstanceInformationList": items, **more})

    Responses.describe_instance_information = describe


class Session:
    def __init__(self, instance, owner, reason):
        self.id = f"{owner.rsplit('/')[-1]}-{uuid.uuid4().hex[:17]}"
        self.instance, self.owner, self.reason = instance, owner, reason
        self.start, self.end = utcnow(), None
        self.course = Course("Connected")

    def terminate(self):
        if self.end is None:
            self.end = utcnow()
            self.course = Course("Terminating", "Terminated")

    def told(self, status):
        return {
            "SessionId": self.id,
            "Target": self.instance.id,
            "Status": status,
            "StartDate": self.start,
            "EndDate": self.end,
            "DocumentName": "SSM-SessionManagerRunShell",
            "Owner": self.owner,
            "Reason": self.reason,
        }


def sessions_can_be_seen_and_ended() -> None:
    """moto has no sessions. One outlives the profile and the groups of its instance, but not the instance's run."""

    def sessions_of(self):
        return self.ssm_backend.__dict__.setdefault("sessions", [])

    def start(self):
        target = self._get_param("Target")
        instance = next((it for it in instances_of(self) if it.id == target), None)
        if instance is None or not is_connected(instance):
            raise SSMException("TargetNotConnected", f"{target} is not connected.")
        owner = wish(instance, "session-owner") or f"arn:aws:iam::{self.current_account}:user/somebody"
        session = Session(instance, owner, self._get_param("Reason"))
        sessions_of(self).append(session)
        url = f"wss://ssmmessages.{self.region}.amazonaws.com/v1/data-channel/{session.id}"
        return ActionResult({"SessionId": session.id, "StreamUrl": url, "TokenValue": uuid.uuid4().hex})

    def describe(self):
        history = self._get_param("State") == "History"
        filters = {it["key"]: it["value"] for it in self._get_param("Filters", [])}
        found = []
        for session in reversed(sessions_of(self)):
            if session.instance.state != "running":
                session.terminate()
            status = session.course.look()
            if (status == "Terminated") == history:
                found.append(session.told(status))
        keys = {"Target": "Target", "Owner": "Owner", "Status": "Status", "SessionId": "SessionId"}
        for key in filters:
            if key not in keys:
                raise SSMException("InvalidFilterKey", f"The sandbox does not know the filter {key}.")
        matching = [it for it in found if all(it[keys[key]] == value for key, value in filters.items())]
        items, more = page(self, matching, 50, "InvalidNextToken")
        return ActionResult({"Sessions": items, **more})

    def terminate(self):
        wanted = self._get_param("SessionId")
        session = next((it for it in sessions_of(self) if it.id == wanted), None)
        if session is None:
            raise SSMException("DoesNotExistException", f"Session {wanted} does not exist.")
        session.terminate()
        return ActionResult({"SessionId": wanted})

    Responses.start_session, Responses.describe_sessions = start, describe
    Responses.terminate_session = terminate


repairs = (agents_report, sessions_can_be_seen_and_ended)
