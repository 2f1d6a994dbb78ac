"""A file in a link: a rules file's text, packed, or a mark that stands for a file."""

import base64
import binascii
import hashlib
import zlib

from tierlogic.language import number, say
from tierlogic.links.names import MARK
from tierlogic.rules.own import MAX_CHARACTERS

# What rules files have in common: packed files say it in few characters. NEVER CHANGE.
_COMMON_TEXT = (
    b'", "unlimited" }, { over = "month before", since = rolling_days = fact = "payment method" }, '
    b'monthly_usage_limit = smallest_purchase = aliases = ["tpd = rps = alone = true\nsoft = true\n'
    b'format = 1\nprovider = "openai"\nversion = "2026-01"\ntitle = "in_force_from = 2026-01-01\n'
    b'in_force_note = """currency = "USD"\nkeeping = "re-evaluated"\nkeeping = "for good"\n'
    b'scope = "organization"\nscope = "account"\ncounts = "input and output tokens"\n'
    b'complete = false\ncomplete = true\n\n[sources.docs]\n[sources.contract]\nurl = "https://'
    b'read = 2026-01-01\nconfidence = "high"\n\n[[notes]]\ntext = """sources = ["docs"]\n\n'
    b'[[rows]]\nmodel = "gpt-claude-gemini-"\nsource = "contract"\ntiers = [\n'
    b'  { tier = "Tier 1", tpm = 30000, rpm = 500, rpd = 10000 },\n'
    b'  { tier = "Tier 2", input_tpm = 450000, output_tpm = 90000, rpm = 5000 },\n]\n\n'
    b'[[tiers]]\nname = "Free"\nwording = "\nsource = "docs"\n\n[[tiers]]\nname = "Tier 1"\n'
    b'wording = "$5 paid"\nsource = "contract"\nopens_when.any = [{ counts = "used", '
    b'more_than = 0 }]\nopens_when.all = [{ counts = "contested", at_least = 50 }, '
    b'{ counts = "purchased", { counts = "paid", at_least = 100 }, '
    b'{ days_since = "first payment", at_least = 7 }]\n'
)


def pack(text: str) -> str:
    """Write an own file in characters that an address need not escape."""
    packing = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zdict=_COMMON_TEXT)
    packed = packing.compress(text.encode()) + packing.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def mark(text: str) -> str:
    """Return what stands for a text that is left out; equal texts have equal marks."""
    return MARK + hashlib.sha256(text.encode()).hexdigest()[:12]


def is_mark(value: str) -> bool:
    """Whether a parameter's value is the mark of a file that was left out."""
    return value.startswith(MARK)


def unpack(packed: str) -> str:
    """Return the text of an own file.

    Raises:
        ValueError: it was cut, changed, or is longer than a file may be.
    """
    unpacking = zlib.decompressobj(zdict=_COMMON_TEXT)
    try:
        data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        text = unpacking.decompress(data, 4 * MAX_CHARACTERS)
        if unpacking.unconsumed_tail:
            raise ValueError(
                say(
                    "is longer than a rules file may be, {characters} characters",
                    characters=number(MAX_CHARACTERS),
                )
            )
        if not unpacking.eof:
            raise ValueError(say("was cut off; ask for the whole link"))
        return text.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(say("is no packed rules file; ask for the link again")) from error
