# A mail server that does at each step of SMTP what the test says. Commands come as lines on standard input:
#   {"step": "recipient", "do": "refuse", "code": 550}   do: refuse, stall, drop or ok; from the next time that the step is reached
#   {"mute": true}                                        closes the port; {"mute": false} opens it again
# What happens goes to standard output, one JSON object a line: {"event": "port"}, {"event": "step"}, {"event": "mail"} once it was accepted.
import argparse
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import AuthResult, SMTP

options = argparse.ArgumentParser()
options.add_argument("--cert")
options.add_argument("--key")
options.add_argument("--wrapped", action="store_true")
options.add_argument("--user")
options.add_argument("--password")
options = options.parse_args()

wanted = {}


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        refused = await server.act("accepting")
        if refused:
            return refused
        text = envelope.content.decode("utf-8", "replace")
        say(event="mail", sender=envelope.mail_from, recipients=envelope.rcpt_tos, content=text, user=session.auth_data and session.auth_data.decode(), tls=session.ssl is not None or options.wrapped)
        return "250 taken"


class Scripted(SMTP):
    async def act(self, step):
        say(event="step", step=step)
        what = wanted.get(step, {"do": "ok"})
        if what["do"] == "stall":
            await asyncio.sleep(3600)
        if what["do"] == "drop":
            self.transport.abort()
            await asyncio.sleep(3600)  # ended with the connection
        return f"{what['code']} as the test says" if what["do"] == "refuse" else None

    async def refuses(self, step):
        answer = await self.act(step)
        if answer:
            await self.push(answer)
        return bool(answer)

    async def _handle_client(self):
        if not getattr(self, "_greeted", False):
            self._greeted = True
            if await self.refuses("connect"):
                self.transport.close()
                return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        if not await self.refuses("hello"):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname):
        if not await self.refuses("hello"):
            await super().smtp_HELO(hostname)

    async def smtp_STARTTLS(self, arg):
        if not await self.refuses("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg):
        if not await self.refuses("sign_in"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self.refuses("sender"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.refuses("recipient"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self.refuses("content"):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        if not await self.refuses("quit"):
            await super().smtp_QUIT(arg)


def authenticator(server, session, envelope, mechanism, data):
    good = data.login.decode() == options.user and data.password.decode() == options.password
    return AuthResult(success=good, handled=False, auth_data=data.login if good else None)


async def main():
    loop = asyncio.get_running_loop()
    context = None
    if options.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)

    def protocol():
        return Scripted(
            Handler(), hostname="mx.test", loop=loop, enable_SMTPUTF8=False, data_size_limit=10_000_000,
            tls_context=None if options.wrapped else context, require_starttls=bool(context) and not options.wrapped,
            authenticator=authenticator if options.user else None, auth_required=bool(options.user), auth_require_tls=bool(context) and not options.wrapped,
        )

    async def listen(port):
        return await loop.create_server(protocol, "127.0.0.1", port, ssl=context if options.wrapped else None)

    server = await listen(0)
    port = server.sockets[0].getsockname()[1]
    say(event="port", port=port)
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while True:
        line = await lines.readline()
        if not line:
            return
        command = json.loads(line)
        if "mute" in command:
            if command["mute"]:
                server.close()
                await server.wait_closed()
            else:
                server = await listen(port)
        else:
            wanted[command["step"]] = command
        say(event="done")


asyncio.run(main())
