"""Runs many command lines of the AWS CLI v2 in one process: starting the program takes a second each.

Reads {"env": {…}} from the first line of standard input, and then a list of words a line; answers each with a line
{"stdout": …, "stderr": …, "code": …}.
"""
import io
import json
import os
import sys

os.environ.clear()
os.environ.update(json.loads(sys.stdin.readline())["env"])
answers = os.fdopen(os.dup(1), "w")
sys.argv = ["aws"]

from awscli.clidriver import AWSCLIEntryPoint
from botocore.loaders import Loader

find_services, services = Loader.list_available_services, {}


def list_available_services(self, type_name):
    """Each command line searches all folders of models anew, which is half of its time; here they do not change."""
    if type_name not in services:
        services[type_name] = find_services(self, type_name)
    return services[type_name]


Loader.list_available_services = list_available_services


def writer():
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)


def run(words):
    sys.stdout, sys.stderr = writer(), writer()
    code = AWSCLIEntryPoint().main(words)
    return {
        "stdout": sys.stdout.buffer.getvalue().decode(),
        "stderr": sys.stderr.buffer.getvalue().decode(),
        # What ends the program quietly ends it with 0.
        "code": code or 0,
    }


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), file=answers, flush=True)
