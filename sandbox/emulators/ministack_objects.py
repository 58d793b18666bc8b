"""Repairs of MiniStack 1.5.33 where it lists, copies and tags versions of objects."""

import html
import re
from urllib.parse import quote_plus

from ministack.services import s3

MOST_TAGS = 10


def list_versions_encoded() -> None:
    """ListObjectVersions ignored encoding-type=url: keys that XML cannot hold could not be read at all."""
    list_versions = s3._list_object_versions
    names = re.compile(rb"<(Key|Prefix|KeyMarker|NextKeyMarker)>(.*?)</\1>", re.DOTALL)

    def encoded(match):
        text = html.unescape(match[2].decode())
        return b"<%b>%b</%b>" % (match[1], quote_plus(text, safe="/").encode(), match[1])

    def list_encoded(bucket, query_params):
        status, headers, body = list_versions(bucket, query_params)
        if status != 200 or s3._qp(query_params, "encoding-type") != "url":
            return status, headers, body
        body = names.sub(encoded, body)
        return status, headers, body.replace(b"<IsTruncated>", b"<EncodingType>url</EncodingType><IsTruncated>", 1)

    s3._list_object_versions = list_encoded


def list_versions_once() -> None:
    """The next page of a list of versions began with the last null version of the page before, over and over."""
    list_versions = s3._list_object_versions

    def list_on(bucket, query_params):
        key = s3._qp(query_params, "key-marker")
        after_null = s3._qp(query_params, "version-id-marker") == "null"
        if after_null and not s3._object_versions.get((bucket, key)):
            query_params = {name: value for name, value in query_params.items() if name != "version-id-marker"}
        return list_versions(bucket, query_params)

    s3._list_object_versions = list_on


def copy_null_versions() -> None:
    """An object from before versioning is the version `null`; a copy of that version was not found."""

    def with_null(copy):
        def copy_by_name(*asked):
            headers = asked[-1]
            source = headers.get("x-amz-copy-source", "")
            path, _, query = source.partition("?")
            bucket, _, key = s3.url_unquote(path.lstrip("/")).partition("/")
            if query == "versionId=null" and not s3._object_versions.get((bucket, key)):
                headers = {**headers, "x-amz-copy-source": path}
            return copy(*asked[:-1], headers)

        return copy_by_name

    s3._copy_object = with_null(s3._copy_object)
    s3._upload_part_copy = with_null(s3._upload_part_copy)


def ten_tags_at_most() -> None:
    """Objects could be copied with more tags than S3 takes."""
    copy = s3._copy_object

    def copy_tagged(bucket, key, headers):
        tags = headers.get("x-amz-tagging", "")
        if tags and len(s3._parse_qs(tags, keep_blank_values=True)) > MOST_TAGS:
            return s3._error("BadRequest", "Object tags cannot be greater than 10", 400)
        return copy(bucket, key, headers)

    s3._copy_object = copy_tagged
