"""Repairs of MiniStack 1.5.33 where it tells and changes who may use a bucket or a function."""

import hashlib
import json

from ministack.core.responses import error_response_json
from ministack.services import lambda_svc, s3


def tell_policy_status() -> None:
    """GetBucketPolicyStatus was answered with the bucket's objects."""
    dispatch = s3._dispatch

    def dispatch_with_status(method, bucket, key, headers, body, query_params):
        asked = method == "GET" and bucket and not key and "policyStatus" in query_params
        if not asked:
            return dispatch(method, bucket, key, headers, body, query_params)
        status, answer_headers, policy = s3._get_bucket_policy(bucket)
        if status != 200:
            return status, answer_headers, policy
        public = str(s3._policy_is_public(policy.decode())).lower()
        answer = f'<PolicyStatus xmlns="{s3.S3_NS}"><IsPublic>{public}</IsPublic></PolicyStatus>'
        return 200, {"Content-Type": "application/xml"}, answer.encode()

    s3._dispatch = dispatch_with_status


def check_expected_owner() -> None:
    """x-amz-expected-bucket-owner was ignored: a call meant for another account's bucket went through."""
    dispatch = s3._dispatch

    def dispatch_for_owner(method, bucket, key, headers, body, query_params):
        expected = headers.get("x-amz-expected-bucket-owner")
        owner = s3._bucket_owner_account(bucket) if bucket and expected else None
        if owner is not None and owner != expected:
            return s3._error("AccessDenied", "Access Denied", 403, f"/{bucket}")
        return dispatch(method, bucket, key, headers, body, query_params)

    s3._dispatch = dispatch_for_owner


def policies_by_qualifier() -> None:
    """A function's policy was one with those of its aliases, had no revision, and was there even when empty."""
    add, remove, get = lambda_svc._add_permission, lambda_svc._remove_permission, lambda_svc._get_policy

    def revision_of(statements):
        return hashlib.sha256(json.dumps(statements, sort_keys=True).encode()).hexdigest()[:32]

    def alone(name, query_params, path_qualifier, revision, call):
        """Runs the call on the statements of one function, alias or version."""
        function = lambda_svc._functions.get(name)
        if function is None:
            return call()
        qualifier = lambda_svc._qualifier_from_path_or_query(path_qualifier, query_params)
        arn = lambda_svc._policy_resource_arn(name, qualifier)
        policy = function["policy"]
        others = [it for it in policy["Statement"] if it.get("Resource") != arn]
        policy["Statement"] = [it for it in policy["Statement"] if it.get("Resource") == arn]
        try:
            if revision and revision != revision_of(policy["Statement"]):
                return error_response_json("PreconditionFailedException", "The RevisionId is not the latest.", 412)
            return call()
        finally:
            policy["Statement"] = others + policy["Statement"]

    def add_alone(name, data, query_params=None, path_qualifier=None):
        call = lambda: add(name, data, query_params, path_qualifier)
        return alone(name, query_params, path_qualifier, data.get("RevisionId"), call)

    def remove_alone(name, sid, query_params, path_qualifier=None):
        revision = lambda_svc._qp_first(query_params or {}, "RevisionId")
        call = lambda: remove(name, sid, query_params, path_qualifier)
        return alone(name, query_params, path_qualifier, revision, call)

    def get_alone(name, query_params=None, path_qualifier=None):
        status, headers, body = alone(
            name, query_params, path_qualifier, None, lambda: get(name, query_params, path_qualifier)
        )
        if status != 200:
            return status, headers, body
        answer = json.loads(body)
        statements = json.loads(answer["Policy"])["Statement"]
        if not statements:
            return error_response_json("ResourceNotFoundException", "The resource you requested does not exist.", 404)
        answer["RevisionId"] = revision_of(statements)
        return status, headers, json.dumps(answer).encode()

    lambda_svc._add_permission = add_alone
    lambda_svc._remove_permission = remove_alone
    lambda_svc._get_policy = get_alone
