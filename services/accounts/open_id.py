"""Signing in through a provider of OpenID Connect: it says whose mail address it is, and we know the account."""

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import Engine
from sqlmodel import select

from models import Account, session
from services.accounts.visits import SignedIn, begin_visit, signed_in_as
from services.errors import Objection, Refused

SCOPE = "openid email"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures with a key of the provider's own; none that both sides share, and never none at all."""
LEEWAY_SECONDS = 60
ANSWER_SECONDS = 10.0
LONGEST_BYTES = 1_000_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Provider:
    """Who vouches for people: the issuer's address, what it calls us, and its name for the page."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True)
class Attempt:
    """One try to sign in: everything that belongs to it is made from the secret in the browser's cookie.

    So an answer of the provider is good for the browser that asked, and for no other.
    """

    secret: str
    back: str
    """Address of ours to which the provider sends the browser."""

    @property
    def state(self) -> str:
        """Comes back with the browser."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """Comes back within what the provider signs."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """Shown to the provider when the code is used (RFC 7636)."""
        return self._made("verifier")

    def _made(self, what: str) -> str:
        return hmac.new(self.secret.encode(), f"open id {what}".encode(), hashlib.sha256).hexdigest()


class NotVouchedFor(Refused):
    """The provider did not say who it is, or nobody of that address may sign in."""


def where_to_ask(provider: Provider, attempt: Attempt) -> str:
    """Address of the provider's page where the person signs in; NotVouchedFor if it cannot be reached."""
    metadata = _metadata(provider)
    address, _state = _client(provider, attempt).create_authorization_url(
        metadata["authorization_endpoint"],
        state=attempt.state,
        nonce=attempt.nonce,
        code_verifier=attempt.verifier,
    )
    return str(address)


def mail_address(provider: Provider, attempt: Attempt, state: str, code: str, at: datetime) -> str:
    """The mail address for which the provider vouches, in small letters.

    Raises
    ------
    NotVouchedFor
        If the answer was not for this browser, the code is not good, or what the provider signed is not: by another
        issuer, for another client or attempt, too old, or without a mail address that it has verified.
    """
    if not hmac.compare_digest(state.encode("utf-8", "replace"), attempt.state.encode()):
        raise _refusal("the answer was not for this browser.")
    metadata = _metadata(provider)
    token = _asked(
        lambda: _client(provider, attempt).fetch_token(
            metadata["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=attempt.verifier,
        )
    )
    claims = _claims(provider, attempt, _json(metadata["jwks_uri"]), str(token.get("id_token", "")), at)
    address = claims.get("email")
    if not isinstance(address, str) or claims.get("email_verified") is not True:
        raise _refusal("it has verified no mail address of yours.")
    return address.casefold()


def sign_in_by_address(engine: Engine, address: str, secret: str, at: datetime) -> SignedIn:
    """Begin a visit of the account that has a mail address; a one-time password that it still has ends.

    Raises
    ------
    NotVouchedFor
        If no account has it, or it is locked: which of them is not said.
    """
    with session(engine) as opened:
        account = opened.exec(select(Account).where(Account.email == address)).first()
        if not address or account is None or account.is_locked:
            raise _refusal("no account with your mail address may sign in.")
        if account.one_time_at is not None:
            account.password_hash, account.one_time_at = "", None
        account.last_sign_in_at = at
        begin_visit(opened, account.id or 0, secret, at)
        return signed_in_as(account)


def _claims(provider: Provider, attempt: Attempt, keys: Any, token: str, at: datetime) -> dict[str, Any]:
    """What the provider signed, once everything about it is as it must be (OpenID Connect Core, 3.1.3.7)."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    registry = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        nonce={"essential": True, "value": attempt.nonce},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
        registry.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        logger.warning("the provider's answer is not good: %s", type(fault).__name__)
        raise _refusal("what it signed is not good.") from None
    is_for_us_alone = claims["aud"] in (provider.client_id, [provider.client_id])
    if not is_for_us_alone and claims.get("azp") != provider.client_id:
        raise _refusal("what it signed is for somebody else.")
    return claims


def _client(provider: Provider, attempt: Attempt) -> Any:
    from authlib.integrations.httpx_client import OAuth2Client  # only who signs in so needs it

    return OAuth2Client(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=attempt.back,
        code_challenge_method="S256",
        timeout=ANSWER_SECONDS,
    )


def _metadata(provider: Provider) -> dict[str, Any]:
    """Where the provider's parts are; another issuer may not speak for it."""
    found = _json(f"{provider.issuer}/.well-known/openid-configuration")
    parts = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    is_whole = isinstance(found, dict) and all(isinstance(found.get(part), str) for part in parts)
    if not is_whole or str(found.get("issuer", "")).rstrip("/") != provider.issuer:
        raise _refusal("it does not say where to ask.")
    return dict(found)


def _json(address: str) -> Any:
    def read() -> Any:
        answer = httpx.get(address, timeout=ANSWER_SECONDS)
        answer.raise_for_status()
        return answer.json() if len(answer.content) <= LONGEST_BYTES else None

    return _asked(read)


def _asked(ask: Callable[[], Any]) -> Any:
    from authlib.common.errors import AuthlibBaseError

    try:
        return ask()
    except (httpx.HTTPError, ValueError, AuthlibBaseError) as fault:
        logger.warning("the provider of the sign-in gives no answer: %s", type(fault).__name__)
        raise _refusal("it cannot be asked now.") from None


def _refusal(message: str) -> NotVouchedFor:
    advice = "Try again, or sign in with your user name and password."
    return NotVouchedFor([Objection("sign in", f"the other sign-in did not work: {message}", advice)])
