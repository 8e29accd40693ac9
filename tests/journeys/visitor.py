"""A person before the browser: logs in, fills in forms, sends tables, takes files away; only what the pages offer."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "Qing-Shan-Lv-Shui-2020"


class Visitor:
    """One person in a browser of their own."""

    def __init__(self, browser: Browser, base: str) -> None:
        screen: Any = {"width": 1366, "height": 768}
        self.context: BrowserContext = browser.new_context(base_url=base, viewport=screen, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)

    def log_in(self, username: str, password: str) -> "Visitor":
        """Log in with a password."""
        self.page.goto("/log-in/")
        self.fill(login=username, password=password)
        self.press("登录")
        return self

    def first_log_in(self, username: str, once: str) -> "Visitor":
        """Log in with the one-time password and choose one's own."""
        self.log_in(username, once)
        self.fill(old=once, new=PASSWORD, again=PASSWORD)
        self.press("修改密码")
        return self

    def fill(self, **fields: str) -> None:
        """Fill in the fields of these names in the page's own form."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}], form [name={name}]").first.fill(value)

    def choose(self, name: str, label: str) -> None:
        """Choose the entry of a list whose words contain the label."""
        field = self.page.locator(f"select[name={name}]")
        value = field.locator("option", has_text=label).first.get_attribute("value")
        field.select_option(value)

    def press(self, words: str) -> None:
        """Press the button of a form and wait for the page that comes."""
        button = self.page.locator(f"main button:has-text('{words}'), form button:has-text('{words}')").locator("visible=true").first
        with self.page.expect_navigation():
            button.click()

    def submit(self) -> None:
        """Send the page's own form."""
        with self.page.expect_navigation():
            self.page.locator("main form.panel button.btn-primary, main form button[type=submit]").last.click()

    def confirm(self, action: str) -> None:
        """Press the button that asks once more before this act, and say yes."""
        box = self.page.locator(f"details.confirm:has(form[action$='/{action}/'])").first
        box.locator("summary").click()
        with self.page.expect_navigation():
            box.locator("button[type=submit]").click()

    def send_table(self, kind: str, content: bytes, **choices: str) -> None:
        """Upload a table, look at what the check found, and load it."""
        self.page.goto(f"/import/{kind}/upload/")
        for name, label in choices.items():
            self.choose(name, label)
        sent: Any = {"name": f"{kind}.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        self.page.set_input_files("[name=file]", files=[sent])
        self.press("检查")
        self.press("导入")

    def template(self, kind: str) -> bytes:
        """The empty table as it is offered for download."""
        answer = self.context.request.get(f"/import/{kind}/template/")
        assert answer.status == 200
        return answer.body()

    def download(self, url: str) -> bytes:
        answer = self.context.request.get(url)
        assert answer.status == 200, url
        return answer.body()

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def send_file(self, name: str, path: Path) -> None:
        self.page.set_input_files(f"[name={name}]", str(path))
