"""Elastic IP addresses."""

from moto.ec2.models import elastic_ip_addresses
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses

from moto_background import refuse

Address, Backend = elastic_ip_addresses.ElasticAddress, elastic_ip_addresses.ElasticAddressBackend


def addresses_know_where_they_are() -> None:
    """moto loses the instance behind an interface, and which of its private addresses was meant; it moves
    an address only when told to, gives the same association a new id, and guesses among interfaces."""
    associate, respond = Backend.associate_address, ElasticIPAddresses.associate_address

    def associate_once(self, instance=None, eni=None, address=None, allocation_id=None, reassociate=False):
        if instance and len(instance.nics) > 1:
            words = f"There are multiple interfaces attached to instance '{instance.id}'."
            raise refuse("InvalidInstanceID", f"{words} Please specify an interface ID for the operation instead.")
        ids = [allocation_id] if allocation_id else []
        found = next(iter(self.describe_addresses(ids, [address] if address else [])))
        target = eni or instance.nics[0]
        if found.eni is target:
            return found
        if found.eni and reassociate:
            self.disassociate_address(address=found.public_ip)
        return associate(self, instance, eni, address, allocation_id, reassociate)

    def associate_by_default(self):
        self.params.setdefault("AllowReassociation", True)
        answer = respond(self)
        made = self.ec2_backend.address_by_association([answer.result["AssociationId"]])[0]
        made.mapped = self._get_param("PrivateIpAddress")
        return answer

    def instance_of(self):
        return self.eni.instance if self.eni else None

    def private_ip(self):
        return (self.mapped or self.eni.private_ip_address) if self.eni else None

    Address.mapped = None
    Address.instance = property(instance_of, lambda self, value: None)
    Address.private_ip_address = property(private_ip)
    Backend.associate_address = associate_once
    ElasticIPAddresses.associate_address = associate_by_default


repairs = (addresses_know_where_they_are,)
