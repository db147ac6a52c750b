#!/usr/bin/env python3
"""Reports a matter over Open311 GeoReport v2, and follows it. Needs nothing but Python.

    ./open311_report.py http://127.0.0.1:8080                       # what may be reported
    ./open311_report.py http://127.0.0.1:8080 C0102                 # what a service asks
    ./open311_report.py http://127.0.0.1:8080 261126-00068          # how a request stands
    CHENGYUN_KEY=cy_… ./open311_report.py http://127.0.0.1:8080 C0102 31.6244 121.5088 '路灯不亮' count=3 photo.jpg
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


def report(base: str, service: str, lat: str, long: str, text: str, *more: str) -> str:
    """Sends it once: under its key of idempotency a repeat of this call would be the same request.

    What stands in `more` with an equals sign is an answer to what the service asks, anything else a photograph.
    """
    answers = dict(one.split("=", 1) for one in more if "=" in one)
    values = {"service_code": service, "lat": lat, "long": long, "description": text}
    values |= {f"attribute[{code}]": answer for code, answer in answers.items()}
    kind, body = form(values, [Path(name) for name in more if "=" not in name])
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
        elif len(arguments) == 2 and "-" not in arguments[1]:
            for asked in get(f"{base}/services/{urllib.parse.quote(arguments[1])}.json")["attributes"]:
                choices = ",".join(one["key"] for one in asked["values"])
                print(asked["code"], "required" if asked["required"] else "", asked["description"], choices, sep="\t")
        elif len(arguments) == 2:
            request = get(f"{base}/requests/{urllib.parse.quote(arguments[1])}.json")[0]
            print(request["status"], request["status_notes"], request["agency_responsible"] or "", sep="\t")
        else:
            print(report(base, *arguments[1:]))
    except urllib.error.HTTPError as error:
        for wrong in json.load(error):
            print(wrong["description"], file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
