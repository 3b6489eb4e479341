"""An independent platform: the package lti1p3platform (PyPI, by OpenLearning) launches Taynghe and takes its grades.

Nobody of ours wrote the package. It signs the launches, checks our client assertion and our deep linking response,
gives access tokens, and answers line items, scores, results and members; this file only gives it a memory and HTTP, and
plays the browser. It leaves out frames and scripts: tests/browser has those.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install lti1p3platform==0.1.8
    cargo build --bin taynghe
    /tmp/venv/bin/python tests/interoperability/lti1p3platform_launch.py target/debug/taynghe

Ends with 0 when all of it worked, and prints what was seen.
"""

import html.parser
import http.cookiejar
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lti1p3platform.exceptions import LineItemNotFoundException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.membership import Context
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.response import generate_next_link
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService

CLIENT, DEPLOYMENT, COURSE = "taynghe-client", "deployment-1", "course-1"
TEACHER, STUDENT = "teacher-7", "student-5"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
ROLES = {TEACHER: [MEMBERSHIP + "Instructor"], STUDENT: [MEMBERSHIP + "Learner"]}
NAMES = {TEACHER: "Trần Thị Hiền", STUDENT: "Lê Văn An"}
PATIENCE = 60


class Site:
    """What the platform remembers."""

    def __init__(self, origin, tool):
        self.origin, self.tool = origin, tool
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.registration = (
            Registration()
            .set_iss(origin)
            .set_client_id(CLIENT)
            .set_deployment_id(DEPLOYMENT)
            .set_launch_url(tool + "/")
            .set_deeplink_launch_url(tool + "/")
            .set_oidc_login_url(tool + "/lti/login")
            .set_tool_key_set_url(tool + "/lti/jwks")
            .set_platform_private_key(pem.decode())
            .set_platform_public_key(public.decode())
        )
        self.line_items, self.scores, self.asked, self.items = {}, [], [], []

    def config(self):
        return Config(registration=self.registration)


class Config(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, registration):
        self._registration = registration

    def get_registration_by_params(self, **_params):
        return self._registration


class PlainRequest(Request):
    def build_metadata(self, request):
        return request


class Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, hint):
        self._lti_message_hint = hint

    def get_redirect(self, url):
        return url


class Launch(LTIAdvantageMessageLaunchAbstract):
    def render_launch_form(self, launch_data, **_kwargs):
        return launch_data


class Grades(AssignmentsGradesService):
    """The package's grade service on the site's memory."""

    site = None

    def find_lineitems(self, resource_id=None, tag=None, **_rest):
        items = list(self.site.line_items.values())
        if resource_id is not None:
            items = [item for item in items if item.get("resourceId") == resource_id]
        if tag is not None:
            items = [item for item in items if item.get("tag") == tag]
        return {"content": items, "has_next": False, "next": None}

    def find_lineitem(self, line_item_id):
        if line_item_id not in self.site.line_items:
            raise LineItemNotFoundException()
        return self.site.line_items[line_item_id]

    def create_lineitem(self, creation_data):
        number = str(len(self.site.line_items) + 1)
        address = f"{self.site.origin}/lineitems/{number}"
        self.site.line_items[number] = {**creation_data, "id": address}
        return self.site.line_items[number]

    def update_lineitem(self, update_data):
        return self.find_lineitem(update_data["id"])

    def delete_lineitem(self, line_item_id):
        del self.site.line_items[line_item_id]

    def update_score(self, line_item_id, score):
        self.find_lineitem(line_item_id)
        self.site.scores.append((line_item_id, score))
        return UpdateScoreStatus.SUCCESS

    def get_results(self, line_item_id, user_id=None, **_rest):
        item = self.find_lineitem(line_item_id)
        latest = {
            score["userId"]: score for number, score in self.site.scores if number == line_item_id
        }
        found = [
            {
                "id": f"{item['id']}/results/{user}",
                "userId": user,
                "resultScore": score.get("scoreGiven"),
                "resultMaximum": score.get("scoreMaximum"),
                "scoreOf": item["id"],
            }
            for user, score in latest.items()
            if user_id in (None, user)
        ]
        return {"content": found, "has_next": False, "next": None}


class Members(NamesRoleProvisioningService):
    def get_context_by_id(self):
        return Context(id=COURSE, label="CNC", title="Tiện CNC")

    def get_member_data_page(self, **_params):
        members = [
            {"user_id": user, "roles": ROLES[user], "name": NAMES[user], "status": "Active"} for user in ROLES
        ]
        return {"content": members, "has_next": False, "next": None}

    def is_resource_link_valid(self, _context_id, resource_link_id):
        return resource_link_id == "link-1"


def handler_of(site):
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_args):
            pass

        def do_GET(self):
            self.handle_any()

        def do_POST(self):
            self.handle_any()

        def handle_any(self):
            url = urllib.parse.urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            kind = (self.headers.get("content-type") or "").split(";")[0]
            request = PlainRequest(
                {
                    "method": self.command,
                    "form_data": dict(urllib.parse.parse_qsl(body)) if "form" in kind else {},
                    "get_data": dict(urllib.parse.parse_qsl(url.query)),
                    "headers": self.headers,
                    "content_type": kind,
                    "path": url.path,
                    "json": json.loads(body) if "json" in kind and body else None,
                }
            )
            site.asked.append(f"{self.command} {url.path}")
            try:
                self.answer(url.path, request)
            except Exception as error:  # pylint: disable=broad-except
                self.send(500, {"error": f"{type(error).__name__}: {error}"})

        def answer(self, path, request):
            if path == "/jwks":
                return self.send(200, site.config().get_jwks())
            if path == "/token":
                return self.send(200, site.config().get_access_token(request.form_data))
            if path == "/members":
                service = Members(request, site.config(), f"{site.origin}/members")
                return self.respond(service.handle_resp(service.handle_get_members))
            service = Grades(request, site.config(), f"{site.origin}/lineitems")
            service.site = site
            if path == "/lineitems" and request.method == "POST":
                return self.respond(service.handle_resp(service.handle_create_lineitem))
            if path == "/lineitems":
                return self.respond(service.handle_resp(service.handle_get_lineitems))
            number, _, what = path.removeprefix("/lineitems/").partition("/")
            handle = {
                "": service.handle_get_lineitem,
                "scores": service.handle_update_score,
                "results": service.handle_get_results,
            }[what]
            return self.respond(service.handle_resp(handle, line_item_id=number))

        def respond(self, response):
            result = response.result
            if isinstance(result, dict) and "content" in result:
                result = result["content"]
            headers = {}
            if isinstance(response.result, dict) and response.result.get("next"):
                headers["Link"] = generate_next_link(response.result["next"])
            self.send(response.code, result, response.media_type, headers)

        def send(self, status, value, media_type="application/json", headers=None):
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", media_type or "application/json")
            self.send_header("content-length", str(len(data)))
            for name, text in (headers or {}).items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(data)

    return Handler


class Forms(html.parser.HTMLParser):
    """The forms of a page: address, and fields as they would be sent."""

    def __init__(self, page):
        super().__init__()
        self.forms = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append((attrs.get("action") or "", []))
        elif tag == "input" and self.forms and attrs.get("name"):
            chosen = attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs
            self.forms[-1][1].append((attrs["name"], attrs.get("value") or "", attrs.get("type"), chosen))
        elif tag == "button" and self.forms and attrs.get("name"):
            self.forms[-1][1].append((attrs["name"], attrs.get("value") or "", "button", False))

    def having(self, name):
        for action, fields in self.forms:
            if any(known == name for known, *_ in fields):
                return action, fields
        raise AssertionError(f"no form with {name}")


class Browser:
    def __init__(self, tool):
        self.tool, self.page, self.address = tool, "", ""
        jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.plain = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay())
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def open(self, address, fields=None, origin=None):
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(urllib.parse.urljoin(self.tool, address), data)
        request.add_header("Accept", "text/html")
        request.add_header("Accept-Language", "vi")
        if data is not None:
            request.add_header("Origin", origin or self.tool)
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                self.page, self.address = answer.read().decode(), answer.geturl()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{error.code} at {address}: {text_of(error.read().decode())}") from error
        return self.page

    def where_to(self, address):
        with self.plain.open(address, timeout=PATIENCE) as answer:
            return answer.headers["location"]


class Stay(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, _request, answer, _code, _message, _headers):
        return answer


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def launch(site, browser, user, prepare):
    """Third-party login, our authentication request, the package's signed message."""
    login = Login(None, site.config())
    login.set_lti_message_hint("hint-1")
    begun = login.initiate_login(user)
    request = urllib.parse.urlsplit(browser.where_to(begun))
    assert request.path == "/auth", request
    parameters = dict(urllib.parse.parse_qsl(request.query))
    assert parameters["login_hint"] == user and parameters["lti_message_hint"] == "hint-1"
    message = Launch(
        PlainRequest({"method": "GET", "get_data": parameters, "form_data": {}}), site.config()
    )
    message.set_user_data(user, ROLES[user], full_name=NAMES[user])
    message.set_launch_context_claim(COURSE, context_title="Tiện CNC", context_label="CNC")
    message.set_launch_presentation_claim("iframe", site.origin + "/course")
    prepare(message)
    form = message.lti_launch()
    assert form["launch_url"] == site.tool + "/lti/launch", form["launch_url"]
    fields = {"id_token": form["id_token"], "state": form["state"]}
    return browser.open(form["launch_url"], fields, site.origin)


def pick(site, browser):
    """The teacher picks the first quiz; the package checks our response."""

    def prepare(message):
        message.set_dl(
            site.origin + "/deep-link-return", "Bài kiểm tra", "", {"ltiResourceLink"}, {"data": "opaque"}
        )

    page = launch(site, browser, TEACHER, prepare)
    action, fields = Forms(page).having("pick")
    first = next(value for name, value, *_ in fields if name == "pick")
    sent = [(n, v) for n, v, kind, chosen in fields if chosen and n != "pick" and kind != "button"]
    page = browser.open(action, sent + [("pick", first), ("do", "pick")])
    action, fields = Forms(page).having("JWT")
    assert action == site.origin + "/deep-link-return", action
    return site.config().validate_deeplinking_resp({"JWT": fields[0][1]})


def open_activity(site, browser, user, item, line_item):
    def prepare(message):
        message.set_resource_link_claim("link-1", title=item["title"])
        message.set_custom_parameters_claim(item["custom"])
        message.set_ags(site.origin + "/lineitems", line_item)
        message.set_nrps(site.origin + "/members")

    return launch(site, browser, user, prepare)


def hand_in(browser, page):
    """Starts an attempt and hands it in with the first option of every question."""
    _, fields = Forms(page).having("csrf")
    csrf = next(value for name, value, *_ in fields if name == "csrf")
    session = re.search(r"/s/[^/]+/", urllib.parse.urlsplit(browser.address).path).group(0)
    page = browser.open(session + "attempts", [("csrf", csrf)])
    action, fields = answers_form(page)
    sent, answered = [], set()
    for name, value, kind, chosen in fields:
        if kind in ("radio", "checkbox"):
            if name.startswith("answer/") and name not in answered:
                answered.add(name)
                sent.append((name, value))
        elif kind != "button":
            sent.append((name, value))
    page = browser.open(action, sent + [("then", "submit")])
    assert answered, "no question was found"
    return page


def answers_form(page):
    for action, fields in Forms(page).forms:
        if action.endswith("/answers"):
            return action, fields
    raise AssertionError("no form of answers")


def wait_for(what, condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not happen")
        time.sleep(0.2)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(program):
    folder = tempfile.TemporaryDirectory()
    tool, origin = f"http://localhost:{free_port()}", f"http://127.0.0.1:{free_port()}"
    site = Site(origin, tool)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(origin.rsplit(":", 1)[1])), handler_of(site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        **os.environ,
        "TAYNGHE_PUBLIC_URL": tool,
        "TAYNGHE_LISTEN": "127.0.0.1:" + tool.rsplit(":", 1)[1],
        "TAYNGHE_DATABASE_URL": f"sqlite://{folder.name}/demo.db",
        "TAYNGHE_SECRET_KEY_FILE": f"{folder.name}/secret.key",
        "TAYNGHE_OUTBOUND_ALLOW_PRIVATE": "127.0.0.1,localhost",
    }
    # The demo brings quizzes along; its own platform stays aside.
    demo = [program, "demo", "--folder", folder.name, "--platform-port", "0"]
    with open(f"{folder.name}/log", "w", encoding="utf-8") as log:
        service = subprocess.Popen(demo, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert service.stdout.readline().startswith("Open "), "the service did not start"
        add = ["platform", "add", "--issuer", origin, "--client-id", CLIENT, "--deployment-id", DEPLOYMENT]
        add += ["--auth-login-url", origin + "/auth", "--token-url", origin + "/token"]
        subprocess.run(
            [program, *add, "--jwks-url", origin + "/jwks"], env=environment, check=True, stdout=subprocess.DEVNULL
        )
        tell(site, tool)
    except BaseException:
        with open(f"{folder.name}/log", encoding="utf-8") as log:
            print(log.read()[-4000:], file=sys.stderr)
        raise
    finally:
        service.terminate()
        service.wait(timeout=30)
        server.shutdown()
        folder.cleanup()


def tell(site, tool):
    teacher, student = Browser(tool), Browser(tool)
    items = pick(site, teacher)
    assert len(items) == 1 and items[0]["type"] == "ltiResourceLink", items
    item = items[0]
    print(f"deep linking: the package takes our response; picked \"{item['title']}\"")

    service = Grades(None, site.config(), site.origin + "/lineitems")
    service.site = site
    column = service.create_lineitem({**item["lineItem"], "resourceLinkId": "link-1"})
    page = open_activity(site, student, STUDENT, item, column["id"])
    assert item["title"] in text_of(page), text_of(page)
    print("launch: the package's message is taken, the student sees the quiz")

    hand_in(student, page)
    wait_for("a score", lambda: site.scores)
    number, score = site.scores[0]
    assert number == "1" and score["userId"] == STUDENT, score
    assert score["gradingProgress"] == "FullyGraded" and score["activityProgress"] == "Completed", score
    assert 0 <= score["scoreGiven"] <= score["scoreMaximum"] == column["scoreMaximum"], score
    print(f"grade: {score['scoreGiven']} of {score['scoreMaximum']} arrived, with the package's token")

    page = open_activity(site, teacher, TEACHER, item, column["id"])
    assert NAMES[STUDENT] in text_of(page), text_of(page)
    assert any(asked == "GET /members" for asked in site.asked), site.asked
    assert any(asked == "GET /lineitems/1/results" for asked in site.asked), site.asked
    print("gradebook: the teacher sees the student; members and results were read")
    print("asked:", ", ".join(sorted(set(site.asked))))


if __name__ == "__main__":
    main(sys.argv[1])
