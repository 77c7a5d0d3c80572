"""A cluster with a Gateway: Contour, which reads the Gateway API, and the Envoy that it tells, as processes of this machine, which the
node has to be."""
import contextlib
import json
import pathlib
import subprocess

from measuring import ROOT, WORK, envoy, kubectl, process, run

CONTOUR, GATEWAY_API = "v1.33.0", "v1.4.0"
NAMESPACE, NAME = "firstday-benchmark", "public"
LISTENER_PORT = 9880
# Contour adds 8000 to a listener's port, so that Envoy needs no rights
PORT = LISTENER_PORT + 8000
XDS_PORT, METRICS_PORT, HEALTH_PORT, DEBUG_PORT, STATS_PORT = range(17900, 17905)
PATIENCE_SECONDS = 60


def module(name, version):
    """The folder with its files."""
    return pathlib.Path(run(ROOT / "cluster-tests" / "go-module", name, version).strip())


def built():
    """Contour; a build takes some minutes, once."""
    program = WORK / "contour" / "contour"
    if not program.exists():
        # in its own folder, whose go.sum vouches for what it needs: the checksum database does not know all of that
        run("go", "build", "-o", program, "./cmd/contour", cwd=module("github.com/projectcontour/contour", CONTOUR))
    return program


def crds():
    """Of the Gateway API, and of Contour, which watches kinds of its own."""
    return (module("sigs.k8s.io/gateway-api", GATEWAY_API) / "config" / "crd" / "standard",
            module("github.com/projectcontour/contour", CONTOUR) / "examples" / "contour" / "01-crds.yaml")


def kinds():
    """Of the cluster: its CRDs."""
    return set(kubectl("get", "customresourcedefinitions", "-o", "name").split())


def gateway():
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
        {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": {"name": NAMESPACE},
         "spec": {"controllerName": "projectcontour.io/gateway-controller"}},
        {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": NAME, "namespace": NAMESPACE},
         "spec": {"gatewayClassName": NAMESPACE, "listeners": [
             {"name": "http", "protocol": "HTTP", "port": LISTENER_PORT, "allowedRoutes": {"namespaces": {"from": "All"}}}]}}]})


@contextlib.contextmanager
def served(kubeconfig):
    """As long as the cluster has one. Gives its NAMESPACE/NAME and the address where it answers."""
    contour, paths = built(), crds()
    folder = contour.parent
    (folder / "config.yaml").write_text(json.dumps({"gateway": {"gatewayRef": {"namespace": NAMESPACE, "name": NAME}}}))
    run(contour, "bootstrap", folder / "envoy.json", "--xds-address=127.0.0.1", f"--xds-port={XDS_PORT}",
        f"--admin-address={folder}/admin.sock", "--dns-lookup-family=v4")
    known = kinds()
    for path in paths:
        kubectl("apply", "--server-side", "-f", path)
    added = kinds() - known
    kubectl("wait", "--for=condition=Established", "--timeout=60s", *(f"--filename={path}" for path in paths))
    unused = (f"--disable-feature={kind}" for kind in ("extensionservices", "tlsroutes", "tcproutes", "backendtlspolicies"))
    try:
        kubectl("apply", "-f", "-", stdin=gateway())
        with (process("contour", contour, "serve", f"--kubeconfig={kubeconfig}", f"--config-path={folder}/config.yaml",
                      "--insecure", "--disable-leader-election", *unused, "--xds-address=127.0.0.1", f"--xds-port={XDS_PORT}",
                      "--http-address=127.0.0.1", f"--http-port={METRICS_PORT}", f"--health-port={HEALTH_PORT}",
                      f"--debug-http-port={DEBUG_PORT}", f"--stats-port={STATS_PORT}"),
              process("contour-envoy", envoy(), "-c", folder / "envoy.json", "--service-cluster", NAMESPACE,
                      "--service-node", NAME, "--concurrency", 1, "--log-level", "warn")):
            await_accepted()
            yield f"{NAMESPACE}/{NAME}", f"localhost:{PORT}"
    finally:
        kubectl("delete", "--ignore-not-found", "-f", "-", stdin=gateway())
        if added:
            kubectl("delete", *added)


def await_accepted():
    try:
        kubectl("wait", "gateway", NAME, "-n", NAMESPACE, "--for=condition=Accepted", f"--timeout={PATIENCE_SECONDS}s")
    except subprocess.CalledProcessError as e:
        raise SystemExit(f"{e.stderr}; see {WORK}/contour.log")
