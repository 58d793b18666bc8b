"""Instance profiles: on AWS they come and go in the background, one at a time."""

from moto.ec2.exceptions import InvalidAssociationIDIamProfileAssociationError
from moto.ec2.models import iam_instance_profile
from moto.ec2.responses.iam_instance_profiles import IamInstanceProfiles
from moto.ec2.utils import random_iam_instance_profile_association_id

from moto_background import Course, refuse

Backend = iam_instance_profile.IamInstanceProfileAssociationBackend


def settle(backend) -> None:
    """What has gone in the background is gone."""
    for instance_id, association in list(backend.iam_instance_profile_associations.items()):
        association.state = association.course.now()
        if association.state is None:
            del backend.iam_instance_profile_associations[instance_id]


def active(backend, association_id):
    settle(backend)
    found = backend.iam_instance_profile_associations.values()
    association = next((it for it in found if it.association_id == association_id), None)
    if association is None:
        raise InvalidAssociationIDIamProfileAssociationError(association_id)
    return association


def refuse_inactive(association) -> None:
    words = f"The association {association.association_id} is not the active association"
    raise refuse("IncorrectState", words)


def carry(instance, association) -> None:
    profile = association.iam_instance_profile
    instance.iam_instance_profile = {"Arn": profile.arn, "Id": profile.id}
    # Who was in the instance once keeps the credentials until they expire.
    instance.last_profile = profile


def profiles_come_and_go_in_the_background() -> None:
    """moto's associations are there at once, gone at once, and keep their id when the profile changes."""
    create = iam_instance_profile.IamInstanceProfileAssociation.__init__
    associate, disassociate = Backend.associate_iam_instance_profile, Backend.disassociate_iam_instance_profile
    describe = Backend.describe_iam_instance_profile_associations
    respond = IamInstanceProfiles.associate_iam_instance_profile

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        self.course = Course("associated")
        carry(self.instance, self)

    def associate_free(self, *args, **kwargs):
        settle(self)
        return associate(self, *args, **kwargs)

    def associate_later(self):
        """Launches have their profile from the start, only this call takes a while."""
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        if instance.state not in ("running", "stopped"):
            words = f"The instance '{instance.id}' is not in the 'running' or 'stopped' states."
            raise refuse("IncorrectInstanceState", words)
        answer = respond(self)
        made = self.ec2_backend.iam_instance_profile_associations[instance.id]
        made.course = Course("associating", "associated")
        return answer

    def disassociate_later(self, association_id):
        association = active(self, association_id)
        if association.instance.state == "terminated":
            return disassociate(self, association_id)
        if association.state == "disassociating":
            refuse_inactive(association)
        association.course = Course("disassociating", None)
        association.instance.iam_instance_profile = None
        return association

    def replace(self, association_id, iam_instance_profile_name=None, iam_instance_profile_arn=None):
        association = active(self, association_id)
        instance = association.instance
        if association.state == "disassociating" or instance.state != "running":
            refuse_inactive(association)
        profile = iam_instance_profile.filter_iam_instance_profiles(
            self.account_id, self.partition, iam_instance_profile_arn, iam_instance_profile_name
        )
        new = random_iam_instance_profile_association_id()
        made = iam_instance_profile.IamInstanceProfileAssociation(self, new, instance, profile)
        made.course = Course("associating", "associated")
        self.iam_instance_profile_associations[instance.id] = made
        return made

    def describe_settled(self, association_ids, *args, **kwargs):
        settle(self)
        for association in self.iam_instance_profile_associations.values():
            association.state = association.course.look()
        found = {it.association_id for it in self.iam_instance_profile_associations.values()}
        for wanted in association_ids:
            if wanted not in found:
                raise InvalidAssociationIDIamProfileAssociationError(wanted)
        return describe(self, association_ids, *args, **kwargs)

    iam_instance_profile.IamInstanceProfileAssociation.__init__ = init
    Backend.associate_iam_instance_profile = associate_free
    Backend.disassociate_iam_instance_profile = disassociate_later
    Backend.replace_iam_instance_profile_association = replace
    Backend.describe_iam_instance_profile_associations = describe_settled
    IamInstanceProfiles.associate_iam_instance_profile = associate_later


repairs = (profiles_come_and_go_in_the_background,)
