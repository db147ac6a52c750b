#!/usr/bin/env python3
"""Reports a matter over Open311 GeoReport v2, and follows it. Needs nothing but Python.

    CHENGYUN_KEY=cy_… ./open311_report.py http://127.0.0.1:8080 E0102 31.6244 121.5088 '路边有一堆垃圾' photo.jpg
    ./open311_report.py http://127.0.0.1:8080                       # what may be reported
    ./open311_report.py http://127.0.0.1:8080 261126-00068          # how one stands
"""

import json
import mimetypes
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path


def endpoint(site: str) -> str:
    """The address of GeoReport v2, as the site's discovery says it."""
    with urllib.request.urlopen(f"{site}/open311/discovery.json") as answer:
        endpoints = json.load(answer)["endpoints"]
    return next(one["url"] for one in endpoints if one["specification"].endswith("GeoReport_v2"))


def get(address: str) -> object:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def form(values: dict[str, str], photos: list[Path]) -> tuple[str, bytes]:
    """A multipart form with the type that its boundary is told in."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, value in values.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for photo in photos:
        kind = mimetypes.guess_type(photo.name)[0] or "application/octet-stream"
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="media"; filename="{photo.name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        ).encode() + photo.read_bytes() + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


def report(base: str, service: str, lat: str, long: str, text: str, photos: list[Path]) -> str:
    """Sends it once: the key of idempotency makes a repeat of this call the same request."""
    kind, body = form(
        {"service_code": service, "lat": lat, "long": long, "description": text}, photos)
    request = urllib.request.Request(
        f"{base}/requests.json", data=body, method="POST",
        headers={
            "Authorization": f"Bearer {os.environ['CHENGYUN_KEY']}", "Content-Type": kind,
            "Idempotency-Key": uuid.uuid4().hex,
        })
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)[0]["service_request_id"]


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    base = endpoint(arguments[0].rstrip("/"))
    try:
        if len(arguments) == 1:
            for service in get(f"{base}/services.json"):
                print(service["service_code"], service["group"], service["service_name"], sep="\t")
        elif len(arguments) == 2:
            request = get(f"{base}/requests/{urllib.parse.quote(arguments[1])}.json")[0]
            print(request["status"], request["status_notes"], request["agency_responsible"] or "", sep="\t")
        else:
            print(report(base, *arguments[1:5], photos=[Path(name) for name in arguments[5:]]))
    except urllib.error.HTTPError as error:
        for wrong in json.load(error):
            print(wrong["description"], file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
