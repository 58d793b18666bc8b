"""What the repairs of moto share: states that move on in the background, and wishes of the sandbox."""

import time

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import tags

WISH = "sandbox:"


class Course:
    """A state that moves on by itself, as on AWS: a step with each look at it, or with time.

    With looks alone a state that nobody asks for would never end; with time alone a test would wait.
    """

    def __init__(self, *states, seconds=15.0):
        self.states, self.seconds = states, seconds
        self.born, self.looks = time.monotonic(), 0

    def step(self) -> int:
        passed = int((time.monotonic() - self.born) / self.seconds)
        return min(max(self.looks, passed), len(self.states) - 1)

    def now(self):
        return self.states[self.step()]

    def look(self):
        step = self.step()
        self.looks = step + 1
        return self.states[step]


def refuse(code: str, words: str) -> EC2ClientError:
    return EC2ClientError(code, words)


def wish(resource, name: str) -> str | None:
    """How the sandbox wants an instance, interface or volume to be: the tag `sandbox:<name>` as it was given."""
    return resource.ec2_backend.__dict__.get("wishes", {}).get(resource.id, {}).get(name)


def tags_of_the_sandbox_are_wishes() -> None:
    """CreateTags with `sandbox:…` tells the launcher how a thing should behave; no answer shows such a tag."""
    backend = tags.TagBackend
    create, delete = backend.create_tags, backend.delete_tags

    def split(given):
        wishes = {key.removeprefix(WISH): given[key] for key in given if key.startswith(WISH)}
        return wishes, {key: given[key] for key in given if not key.startswith(WISH)}

    def create_tags(self, resource_ids, given):
        wishes, others = split(given)
        for resource in resource_ids if wishes else []:
            self.__dict__.setdefault("wishes", {}).setdefault(resource, {}).update(wishes)
        return create(self, resource_ids, others) if others else True

    def delete_tags(self, resource_ids, given):
        wishes, others = split(given)
        for resource in resource_ids:
            for name in wishes:
                self.__dict__.get("wishes", {}).get(resource, {}).pop(name, None)
        return delete(self, resource_ids, others)

    backend.create_tags, backend.delete_tags = create_tags, delete_tags


repairs = (tags_of_the_sandbox_are_wishes,)
