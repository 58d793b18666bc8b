"""Snapshots: taken in the background, of all volumes at one moment or of none, locked against deletion."""

from datetime import timedelta

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends, elastic_block_store
from moto.ec2.responses import EC2Response
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from moto_background import Course, refuse

Backend = elastic_block_store.EBSBackend
Snapshot = elastic_block_store.Snapshot
SLOW_KINDS = ("st1", "sc1")


def snapshots_take_a_while() -> None:
    """moto's snapshots are complete at once, and a volume can have any number under way."""
    create, describe = Backend.create_snapshot, ElasticBlockStore.describe_snapshots

    def create_pending(self, volume_id, description, owner_id=None, from_ami=None):
        check_limit(self, [volume_id])
        made = create(self, volume_id, description, owner_id, from_ami)
        made.kms_key_id = made.volume.kms_key_id
        return made if from_ami else begin(made)

    def describe_after_a_look(self):
        wanted = self._get_param("SnapshotIds", [])
        for snapshot in list(self.ec2_backend.snapshots.values()):
            if not wanted or snapshot.id in wanted:
                snapshot.status = snapshot.course.look() if snapshot.course else snapshot.status
        return describe(self)

    Snapshot.course = None
    Snapshot.progress = property(lambda self: "37%" if self.status == "pending" else "100%")
    Backend.create_snapshot = create_pending
    ElasticBlockStore.describe_snapshots = describe_after_a_look


def begin(snapshot):
    snapshot.status, snapshot.course = "pending", Course("pending", "completed", seconds=20.0)
    return snapshot


def is_pending(snapshot) -> bool:
    return snapshot.course is not None and snapshot.course.now() == "pending"


def check_limit(backend, volume_ids) -> None:
    for volume_id in volume_ids:
        volume = backend.get_volume(volume_id)
        under_way = [it for it in backend.snapshots.values() if it.volume is volume and is_pending(it)]
        if len(under_way) >= (1 if volume.volume_type in SLOW_KINDS else 5):
            words = "You have exceeded the number of concurrent snapshots allowed on your volume."
            raise refuse("ConcurrentSnapshotLimitExceeded", words)


def sets_of_snapshots_are_whole() -> None:
    """moto's CreateSnapshots passes over the volumes to leave out and the tags to copy, and can stop half-way."""

    def create(self):
        wanted = self._get_param("InstanceSpecification", {})
        instance = self.ec2_backend.get_instance(wanted["InstanceId"])
        left_out = set(wanted.get("ExcludeDataVolumeIds", []))
        if wanted.get("ExcludeBootVolume"):
            left_out.add(instance.block_device_mapping[instance.root_device_name].volume_id)
        devices = [it.volume_id for _, it in instance.get_block_device_mapping]
        volumes = [it for it in devices if it not in left_out]
        check_limit(self.ec2_backend, volumes)
        self.error_on_dryrun()
        tags = self._parse_tag_specification().get("snapshot", {})
        description = self._get_param("Description", "")
        made = [self.ec2_backend.create_snapshot(it, description) for it in volumes]
        for snapshot in made:
            if self._get_param("CopyTagsFromSource") == "volume":
                snapshot.add_tags({it["key"]: it["value"] for it in snapshot.volume.get_tags()})
            snapshot.add_tags(tags)
        return ActionResult({"Snapshots": [told(it) for it in made]})

    def told(snapshot):
        return {
            "SnapshotId": snapshot.id,
            "VolumeId": snapshot.volume_id,
            "VolumeSize": snapshot.volume_size,
            "State": snapshot.status,
            "Progress": "",
            "StartTime": snapshot.start_time,
            "OwnerId": snapshot.owner_id,
            "Description": snapshot.description,
            "Encrypted": snapshot.encrypted,
            "Tags": snapshot.tag_set,
        }

    ElasticBlockStore.create_snapshots = create


def snapshots_cross_accounts() -> None:
    """moto finds and copies an account's own snapshots only, and shares those that nobody else could decrypt."""
    describe, copy, share = Backend.describe_snapshots, Backend.copy_snapshot, Backend.add_create_volume_permission

    def shared_with(account, region):
        others = [regions[region] for owner, regions in ec2_backends.items() if owner != account]
        found = [it for backend in others for it in backend.snapshots.values()]
        return [it for it in found if account in it.create_volume_permission_userids]

    def amazons_key(backend):
        chosen = backend.default_kms_key_id
        try:
            return backend._create_default_encryption_key()
        finally:
            backend.default_kms_key_id = chosen

    def describe_all(self, snapshot_ids=None, filters=None):
        shared = [it for it in shared_with(self.account_id, self.region_name) if it.id in (snapshot_ids or [])]
        own = [it for it in snapshot_ids or [] if it not in {it.id for it in shared}]
        return shared + describe(self, own, filters) if own or not snapshot_ids else shared

    def copy_any(self, source_snapshot_id, source_region, description, kms_key_id):
        own = ec2_backends[self.account_id][source_region].snapshots
        shared = shared_with(self.account_id, source_region)
        found = [own[source_snapshot_id]] if source_snapshot_id in own else shared
        source = next((it for it in found if it.id == source_snapshot_id), None)
        if source is None:
            return copy(self, source_snapshot_id, source_region, description, kms_key_id)
        if is_pending(source):
            raise refuse("IncorrectState", f"Snapshot {source.id} is not completed.")
        # Without a key of its own, the copy of an encrypted one is under the default key.
        key = kms_key_id or (self.default_kms_key_id or amazons_key(self) if source.encrypted else None)
        made = Snapshot(self, elastic_block_store.random_snapshot_id(), source.volume, description, kms_key_id=key)
        self.snapshots[made.id] = made
        return begin(made)

    def share_readable(self, snapshot_id, user_ids, groups):
        snapshot = self.get_snapshot(snapshot_id)
        if snapshot.encrypted and snapshot.kms_key_id in (None, amazons_key(self)):
            words = "Encrypted snapshots with EBS default key cannot be shared"
            raise refuse("OperationNotPermitted", words)
        return share(self, snapshot_id, user_ids, groups)

    Backend.describe_snapshots = describe_all
    Backend.copy_snapshot = copy_any
    Backend.add_create_volume_permission = share_readable


def snapshots_lock() -> None:
    """moto has no locks. With which code AWS refuses to delete is in no document: this one is a guess."""
    delete = Backend.delete_snapshot

    def delete_unlocked(self, snapshot_id):
        if state(self.get_snapshot(snapshot_id)) not in (None, "expired"):
            raise refuse("OperationNotPermitted", f"The snapshot {snapshot_id} is locked.")
        return delete(self, snapshot_id)

    def state(snapshot):
        if not snapshot.lock:
            return None
        now, lock = utcnow(), snapshot.lock
        if not is_pending(snapshot) and now > lock["until"]:
            return "expired"
        free = lock["at"] + timedelta(hours=lock["cool"] or 0)
        return "compliance-cooloff" if lock["mode"] == "compliance" and now < free else lock["mode"]

    def shown(snapshot):
        lock = snapshot.lock
        times = {"LockDurationStartTime": lock["at"], "LockExpiresOn": lock["until"]}
        return {
            "SnapshotId": snapshot.id,
            "OwnerId": snapshot.owner_id,
            "LockState": state(snapshot),
            "LockDuration": lock["days"],
            "CoolOffPeriod": lock["cool"],
            "LockCreatedOn": lock["at"],
            **({} if is_pending(snapshot) else times),
        }

    def lock(self):
        snapshot = self.ec2_backend.get_snapshot(self._get_param("SnapshotId"))
        days, until = self._get_param("LockDuration"), self._get_param("ExpirationDate")
        if (days is None) == (until is None):
            words = "Specify either LockDuration or ExpirationDate."
            raise refuse("InvalidParameterCombination", words)
        now = utcnow()
        if until is not None:
            until = until.replace(tzinfo=now.tzinfo)
            days = (until - now).days
        if state(snapshot) == "compliance" and now + timedelta(days=days) < snapshot.lock["until"]:
            words = "The lock of a snapshot in compliance mode can only be made longer."
            raise refuse("OperationNotPermitted", words)
        self.error_on_dryrun()
        cool = self._get_param("CoolOffPeriod")
        ends = until or now + timedelta(days=days)
        snapshot.lock = {"mode": self._get_param("LockMode"), "days": days, "cool": cool, "at": now, "until": ends}
        return ActionResult(shown(snapshot))

    def unlock(self):
        snapshot = self.ec2_backend.get_snapshot(self._get_param("SnapshotId"))
        if state(snapshot) == "compliance":
            raise refuse("OperationNotPermitted", f"The snapshot {snapshot.id} is locked in compliance mode.")
        self.error_on_dryrun()
        snapshot.lock = None
        return ActionResult({"SnapshotId": snapshot.id})

    def describe(self):
        wanted = self._get_param("SnapshotIds", [])
        states = self._filters_from_querystring().get("lock-state", [])
        found = [it for it in self.ec2_backend.snapshots.values() if it.lock and (not wanted or it.id in wanted)]
        return ActionResult({"Snapshots": [shown(it) for it in found if not states or state(it) in states]})

    Snapshot.lock = None
    Backend.delete_snapshot = delete_unlocked
    EC2Response.lock_snapshot, EC2Response.unlock_snapshot = lock, unlock
    EC2Response.describe_locked_snapshots = describe


repairs = (
    snapshots_take_a_while,
    sets_of_snapshots_are_whole,
    snapshots_cross_accounts,
    snapshots_lock,
)
