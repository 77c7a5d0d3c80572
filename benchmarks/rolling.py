"""Versions that come and go under load, in local mode, through its API as kubectl would use it."""
import contextlib
import csv
import http.client
import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

from measuring import ROOT, WORK, local

NAMESPACE = "/apis/firstday.dev/v1alpha1/namespaces/default"
POLL_SECONDS = 0.2
PAUSE_SECONDS = 0.02
PATIENCE_SECONDS = 300
CALLERS = 4
NAME = "iris"
INPUTS = ("sepal_length", "sepal_width", "petal_length", "petal_width")
# callers' requests give the evidence, so that a rollout ends as soon as there is enough
ROLLOUT = {"shadow": {"percent": 100}, "steps": [{"weight": 50}], "bakeSeconds": 1}


class Cluster:
    """A local cluster with a promoted model."""

    def __init__(self, api, endpoint):
        self.api = api
        self.endpoint = endpoint

    def get(self, kind):
        with urllib.request.urlopen(f"{self.api}{NAMESPACE}/{kind}/{NAME}", timeout=30) as answer:
            return json.load(answer)

    def change(self, kind, spec):
        request = urllib.request.Request(
            f"{self.api}{NAMESPACE}/{kind}/{NAME}", json.dumps({"spec": spec}).encode(),
            {"Content-Type": "application/merge-patch+json"}, method="PATCH")
        with urllib.request.urlopen(request, timeout=30):
            pass

    def wait(self, kind, reached):
        """Until the resource's status is as wanted."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            resource = self.get(kind)
            if reached(resource.get("status", {})):
                return
            time.sleep(POLL_SECONDS)
        sys.exit(f"{kind}/{NAME} did not get there: {json.dumps(resource.get('status'))}")

    def train(self, versions):
        """Version 1 is there; the others differ in their seed. All are listed, so that each can be asked for."""
        self.change("models", {"listedVersions": versions})
        for seed in range(2, versions + 1):
            self.change("trainingjobs", {"seed": seed})
            self.wait("models", lambda status: status.get("newest", {}).get("number") == seed)

    def promote(self, version):
        self.change("modeldeployments", {"version": version})
        self.wait("modeldeployments", lambda status: status.get("stable", {}).get("number") == version
                  and status.get("candidate") is None)


@contextlib.contextmanager
def cluster():
    """The irises' example, promoted; its first version is pinned, so that others are trained and not rolled out."""
    state, log = WORK / "versions", WORK / "versions.log"
    shutil.rmtree(state, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as err:
        demo = subprocess.Popen(["./firstday", "demo", "--json", "--dir", state, "examples/iris"], cwd=ROOT, env=local(),
                                stdout=subprocess.PIPE, stderr=err, stdin=subprocess.DEVNULL, text=True)
    try:
        line = demo.stdout.readline()
        if not line:
            sys.exit(f"the demo ended; see {log}")
        api = re.search(r"server: (\S+)", pathlib.Path(state, "kubeconfig").read_text())[1]
        started = Cluster(api, json.loads(line)["endpoint"])
        started.change("modeldeployments", {"track": None, "version": 1, "rollout": ROLLOUT})
        yield started
    finally:
        demo.terminate()
        demo.wait(60)
        demo.stdout.close()
        shutil.rmtree(state, ignore_errors=True)


def irises():
    """Rows as the versions learnt them: of others they rightly think differently, and a canary stops that."""
    with open(ROOT / "examples" / "iris" / "data" / "iris.csv", newline="") as file:
        return [{name: float(row[name]) for name in INPUTS} for row in csv.DictReader(file)]


class Callers:
    """Ask without end, over connections that stay open, and count what they get."""

    def __init__(self, endpoint):
        self.address = urllib.parse.urlparse(endpoint)
        self.rows = irises()
        self.answers = 0
        self.failures = []
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.call, args=(number,)) for number in range(CALLERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def call(self, number):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=30)
        while not self.over.wait(PAUSE_SECONDS):
            number += 1
            row = self.rows[number % len(self.rows)]
            try:
                connection.request("POST", f"/v2/models/{NAME}/infer", json.dumps(row),
                                   {"Content-Type": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
                failure = None if answer.status == 200 else f"{answer.status} {body[:200]}"
            except (OSError, http.client.HTTPException) as error:
                failure = repr(error)
                connection.close()
            with self.lock:
                self.answers += failure is None
                if failure:
                    self.failures.append(failure)
        connection.close()
