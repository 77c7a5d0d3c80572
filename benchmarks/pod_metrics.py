"""A cluster that says what its pods use: Kubernetes' own metrics-server, as a process of this machine, which the node has to be."""
import contextlib
import json
import subprocess
import time

from measuring import WORK, kubectl, process, run

VERSION = "v0.8.0"
PORT = 4443
API = "v1beta1.metrics.k8s.io"
SERVICE = "firstday-benchmark-metrics"
PATIENCE_SECONDS = 120


def built():
    """The program; a build takes some minutes, once."""
    program = WORK / "metrics-server" / "metrics-server"
    if not program.exists():
        run("env", f"GOBIN={program.parent}", "go", "install", f"sigs.k8s.io/metrics-server/cmd/metrics-server@{VERSION}")
    return program


def registered(address):
    """What leads the API server to it. The test cluster's API server has no certificate to show, so that anybody may read."""
    everybody = [{"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "system:unauthenticated"}]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": SERVICE, "namespace": "kube-system"},
         "spec": {"ports": [{"port": 443, "targetPort": PORT}]}},
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
         "metadata": {"name": SERVICE, "namespace": "kube-system", "labels": {"kubernetes.io/service-name": SERVICE}},
         "ports": [{"name": "", "port": PORT, "protocol": "TCP"}],
         "endpoints": [{"addresses": [address], "conditions": {"ready": True}}]},
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": SERVICE},
         "rules": [{"apiGroups": ["metrics.k8s.io"], "resources": ["pods", "nodes"], "verbs": ["get", "list"]}]},
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": SERVICE},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": SERVICE}, "subjects": everybody},
        {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": API},
         "spec": {"group": "metrics.k8s.io", "version": "v1beta1", "insecureSkipTLSVerify": True, "groupPriorityMinimum": 100,
                  "versionPriority": 100, "service": {"name": SERVICE, "namespace": "kube-system"}}}]})


@contextlib.contextmanager
def served(kubeconfig):
    """As long as the cluster serves them."""
    address = kubectl("get", "nodes", "-o", "jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}")
    program = built()
    manifests = registered(address)
    with process("metrics-server", program,
                 *(f"--{use}kubeconfig={kubeconfig}" for use in ("", "authentication-", "authorization-")),
                 f"--secure-port={PORT}", f"--cert-dir={program.parent}", "--kubelet-insecure-tls", "--metric-resolution=10s",
                 "--kubelet-request-timeout=5s", "--kubelet-preferred-address-types=InternalIP",
                 "--authorization-always-allow-paths=/healthz,/readyz,/livez,/apis,/apis/*,/openapi/*"):
        try:
            kubectl("apply", "-f", "-", stdin=manifests)
            await_metrics()
            yield
        finally:
            # an API that nobody serves keeps namespaces from being deleted
            kubectl("delete", "--ignore-not-found", "-f", "-", stdin=manifests)


def await_metrics():
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            # and not `kubectl top`, which remembers for ten minutes that there is no such API
            if json.loads(kubectl("get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes"))["items"]:
                return
            fault = "no node has any yet"
        except subprocess.CalledProcessError as e:
            fault = e.stderr
        if time.monotonic() > end:
            raise SystemExit(f"no metrics after {PATIENCE_SECONDS} s: {fault}; see {WORK}/metrics-server.log")
        time.sleep(1)
