"""Starts MiniStack with the repairs that the product needs to meet what AWS does.

Each repair names the gap of MiniStack 1.5.33 that it closes; when one no longer fits (a newer
MiniStack), the start fails in words instead of behaving differently in silence.
"""

import json
import os
import threading
import urllib.request

from ministack_access import check_expected_owner, policies_by_qualifier, tell_policy_status
from ministack_objects import (
    copy_null_versions,
    list_versions_encoded,
    list_versions_once,
    ten_tags_at_most,
)
from ministack_queues import groups_at_once, streams_beside_queues
from watch_parent import watch_parent

from ministack import app
from ministack.core import lambda_runtime
from ministack.services import dynamodb, eventbridge, lambda_svc, stepfunctions

THROWN = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
REPORTED = (
    'status: "ok", result: { __thrown: { errorType: (err && err.name) || "Error",'
    ' errorMessage: String((err && err.message) || err),'
    ' trace: String((err && err.stack) || "").split("\\\\n") } }'
).replace("\\\\n", "\\n")


def keep_error_names() -> None:
    """Every thrown error became Runtime.HandlerError and killed the warm worker; AWS does neither."""
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    if THROWN not in script:
        raise SystemExit("ministack_launcher: the Node worker has changed; check keep_error_names()")
    lambda_runtime._NODEJS_WORKER_SCRIPT = script.replace(THROWN, REPORTED)
    run = lambda_svc._execute_function_warm

    def run_and_name(func, event, request_id):
        result = run(func, event, request_id)
        body = result.get("body")
        if isinstance(body, dict) and "__thrown" in body:
            return {**result, "body": body["__thrown"], "error": True}
        return result

    lambda_svc._execute_function_warm = run_and_name


def honour_timeout_path() -> None:
    """A task's TimeoutSecondsPath was ignored: such a callback never timed out."""
    execute = stepfunctions._execute_task

    def execute_with_timeout(state, raw_input, execution, ctx):
        if "TimeoutSecondsPath" in state:
            seconds = stepfunctions._resolve_path_or_ctx(state["TimeoutSecondsPath"], raw_input, ctx)
            state = {**state, "TimeoutSeconds": seconds}
        return execute(state, raw_input, execution, ctx)

    stepfunctions._execute_task = execute_with_timeout


def fail_callbacks_at_once() -> None:
    """A function that threw before it passed its task token on left the workflow waiting for a timeout."""
    current = threading.local()
    wait = stepfunctions._invoke_with_callback
    call = stepfunctions._call_lambda

    def wait_for(resource, input_data, token, state):
        current.token = token
        return wait(resource, input_data, token, state)

    def call_for(function, event):
        token, current.token = getattr(current, "token", None), None
        try:
            return call(function, event)
        except stepfunctions._ExecutionError as error:
            waiting = stepfunctions._task_tokens.get(token)
            if waiting and not waiting["event"].is_set():
                waiting["error"] = {"Error": error.error, "Cause": error.cause}
                waiting["event"].set()
            raise

    stepfunctions._invoke_with_callback = wait_for
    stepfunctions._call_lambda = call_for


def start_once() -> None:
    """StartExecution again, same name and input, while it runs: AWS answers with the running one."""
    start = stepfunctions._start_execution
    lock = threading.Lock()

    def start_or_find(data):
        with lock:
            name = data.get("name")
            machine = data.get("stateMachineArn", "").replace(":stateMachine:", ":execution:")
            running = stepfunctions._executions.get(f"{machine}:{name}") if name else None
            same = running and running["input"] == data.get("input", "{}")
            if same and running["status"] == "RUNNING":
                found = {"executionArn": running["executionArn"], "startDate": running["startDate"]}
                return stepfunctions.json_response(found)
            return start(data)

    stepfunctions._start_execution = start_or_find


def admit_service_events() -> None:
    """PutEvents refuses aws.* sources, as AWS does; the sandbox's own services must send them."""
    put = eventbridge._put_events

    def put_for_services(data, allow_aws_source=False):
        entries = data.get("Entries") or []
        ours = bool(entries) and all(e.get("TraceHeader") == "sandbox-service" for e in entries)
        return put(data, allow_aws_source=allow_aws_source or ours)

    eventbridge._put_events = put_for_services


def retry_stream_batches() -> None:
    """Streams: partial batch failures were taken for success, failed batches retried without end."""
    run = lambda_svc._execute_function
    attempts: dict[str, int] = {}

    def mapping_of(function, stream):
        name = (function.get("config") or function).get("FunctionName")
        found = (esm for _, _, esm in lambda_svc._iter_all_esms())
        return next(
            (e for e in found if e["EventSourceArn"] == stream and e["FunctionName"] == name), None
        )

    def failed_from(result, records, mapping):
        """Index of the first record to deliver again; None if all are done."""
        if result.get("error"):
            return 0
        body = result.get("body")
        if "ReportBatchItemFailures" not in mapping.get("FunctionResponseTypes", []):
            return None
        items = body.get("batchItemFailures") or [] if isinstance(body, dict) else []
        failed = {item.get("itemIdentifier") for item in items}
        hits = [i for i, r in enumerate(records) if r["dynamodb"]["SequenceNumber"] in failed]
        return hits[0] if hits else None

    def skip_to(mapping, stream, sequence):
        """The records before the failed one are done: go on from it, not from the batch's start."""
        table = stream.split(":table/")[1].split("/")[0]
        with lambda_svc._dynamodb_stream_positions_lock:
            position = lambda_svc._dynamodb_stream_positions[mapping["UUID"]]
            ahead = dynamodb.stream_records_since(table, position, 1000)
            numbers = [r["dynamodb"]["SequenceNumber"] for r in ahead]
            lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position + numbers.index(sequence)

    def run_and_retry(function, event):
        result = run(function, event)
        records = event.get("Records") if isinstance(event, dict) else None
        if not records or records[0].get("eventSource") != "aws:dynamodb":
            return result
        stream = records[0]["eventSourceARN"]
        mapping = mapping_of(function, stream)
        first = failed_from(result, records, mapping) if mapping else None
        if first is None:
            return result
        sequence = records[first]["dynamodb"]["SequenceNumber"]
        key = f"{mapping['UUID']}:{sequence}"
        attempts[key] = attempts.get(key, 0) + 1
        limit = mapping.get("MaximumRetryAttempts", -1)
        if limit is not None and 0 <= int(limit) < attempts[key]:
            lambda_svc._send_ddb_stream_failure_record(
                mapping, function, records[first:], stream, result, "RetryAttemptsExhausted"
            )
            return {"body": None, "log": result.get("log", "")}
        skip_to(mapping, stream, sequence)
        named = {"errorType": "PartialBatchFailure", "errorMessage": f"again from {sequence}"}
        return {"error": True, "body": result["body"] if result.get("error") else named}

    lambda_svc._execute_function = run_and_retry


def tell_failures() -> None:
    """A Lambda that fails behind a queue is only seen in its log: tell the edge, which can say so."""
    run = lambda_svc._execute_function
    edge = os.environ.get("AWS_ENDPOINT_URL")

    def send(report):
        try:
            body = json.dumps(report, default=str).encode()
            headers = {"content-type": "application/json"}
            request = urllib.request.Request(f"{edge}/_edge/failures", body, headers, method="POST")
            urllib.request.urlopen(request, timeout=2).close()
        except OSError:
            pass  # the edge is gone: nobody is left to tell

    def run_and_tell(function, event):
        result = run(function, event)
        body = result.get("body")
        named = isinstance(body, dict) and body.get("errorType") != "PartialBatchFailure"
        if result.get("error") and named and edge:
            name = (function.get("config") or function).get("FunctionName")
            report = {"function": name, "type": body.get("errorType"), "trace": body.get("trace") or []}
            report["message"] = body.get("errorMessage")
            threading.Thread(target=send, args=[report], daemon=True).start()
        return result

    lambda_svc._execute_function = run_and_tell


if __name__ == "__main__":
    watch_parent()
    for repair in (
        keep_error_names,
        honour_timeout_path,
        fail_callbacks_at_once,
        start_once,
        admit_service_events,
        retry_stream_batches,
        tell_failures,
        tell_policy_status,
        check_expected_owner,
        policies_by_qualifier,
        list_versions_encoded,
        list_versions_once,
        copy_null_versions,
        ten_tags_at_most,
        streams_beside_queues,
        groups_at_once,
    ):
        repair()
    app.main()
