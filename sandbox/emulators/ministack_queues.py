"""How MiniStack 1.5.33 hands queues and streams to functions, and what AWS does instead."""

import logging
import threading
import time

from ministack.services import lambda_svc

log = logging.getLogger("ministack_queues")
PAUSE = 0.03


def streams_beside_queues() -> None:
    """One thread served queues and streams in turn, so each queue waited for each stream's function."""
    poll = lambda_svc._poll_dynamodb_streams
    lambda_svc._poll_dynamodb_streams = lambda: False

    def run() -> None:
        while True:
            try:
                busy = poll()
            except Exception as error:  # noqa: BLE001 - as MiniStack's own loop: it must go on
                log.error("stream poller: %s", error)
                busy = False
            if not busy:
                time.sleep(PAUSE)

    threading.Thread(target=run, daemon=True, name="streams").start()


def groups_at_once() -> None:
    """A FIFO queue had one batch in flight, whatever its groups; Lambda takes one for each group.

    Receiving leaves out groups that are in flight, so that order within a group holds.
    """
    limit = lambda_svc._sqs_esm_concurrency

    def as_standard(esm, function, config, queue=None):
        return limit(esm, function, config, {**(queue or {}), "is_fifo": False})

    lambda_svc._sqs_esm_concurrency = as_standard
