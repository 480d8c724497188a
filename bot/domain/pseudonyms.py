"""What people are called once they are stored: keyed hashes, the same for one person in one installation."""

from hashlib import blake2b


def hash_requester(requester: str, key: bytes) -> str:
    """16 hex characters, the same for one person in one installation, meaningless elsewhere."""
    return blake2b(
        requester.strip().lower().encode("utf-8", "replace"), key=key[:64], digest_size=8
    ).hexdigest()


def product_user(user: str, key: bytes) -> str:
    """A user of a team's product, as votes and interactions name them: "product:HASH"."""
    return f"product:{hash_requester(user, key)}"
