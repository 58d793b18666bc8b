"""Filters by which instances are found."""

from fnmatch import fnmatchcase

from moto.ec2 import utils

within = utils.instance_value_in_filter_values


def matches(value, wanted) -> bool:
    if not isinstance(value, str):
        return within(value, wanted)
    return any(fnmatchcase(value, each) for each in wanted)


def filters_take_wildcards() -> None:
    """moto compares the values of a filter letter by letter. On AWS * stands for any letters and ? for one."""
    utils.instance_value_in_filter_values = matches


def instances_are_found_by_profile() -> None:
    """moto knows no filter by the profile that an instance has."""
    utils.filter_dict_attribute_mapping["iam-instance-profile.arn"] = "profile_arn"
    get = utils.get_object_value

    def get_value(instance, attribute):
        if attribute != "profile_arn":
            return get(instance, attribute)
        return (getattr(instance, "iam_instance_profile", None) or {}).get("Arn", "")

    utils.get_object_value = get_value


repairs = (filters_take_wildcards, instances_are_found_by_profile)
