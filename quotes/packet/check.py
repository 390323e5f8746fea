"""Checks again, offline and with Python alone, that the words of record.json stand in the texts that its proofs stand for.

python check.py PACKET.zip [PROOF ...] - name the proofs as you got them elsewhere, or a forged packet could bring its own.
"""

import hashlib
import json
import sys
import zipfile


def sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def expect(truth: bool, otherwise: str) -> None:
    if not truth:
        sys.exit(f"REFUSED: {otherwise}")


def hash_of(word: dict[str, str]) -> bytes:
    # A word that is shown is hashed behind its salt; of others the hash is all that there is.
    salted = bytes.fromhex(word.get("salt") or word["hash"])
    expect(len(salted) == hashlib.sha256().digest_size, "a salt or a hash is not of 32 bytes")
    return bytes.fromhex(sha256(salted, word["word"].encode())) if "word" in word else salted


packet, published = zipfile.ZipFile(sys.argv[1]), sys.argv[2:]
for quote in json.loads(packet.read("record.json"))["quotes"]:
    snapshot, lines, hashes = quote["snapshot"], [], []
    for each in json.loads(packet.read(f"proofs/{snapshot['id']}.json"))["paragraphs"]:
        words = each.get("words", [] if each["hash"] == sha256() else [each])  # an empty line has none
        made = sha256(*map(hash_of, words)) if "words" in each else each["hash"]
        expect(made == each["hash"], "a paragraph's words do not give its hash")
        hashes.append(bytes.fromhex(made))
        lines.append(" ".join(word.get("word", "\0") for word in words))  # NUL stands for what is not shown
    text, root, at = "\n".join(lines), sha256(*hashes), 0
    expect(root == snapshot["proof"], "the paragraphs do not give the proof")
    expect(not published or root in published, "the proof is not one of those that you named")
    for start, end, exact in ((span["start"], span["end"], span["exact"]) for span in quote["spans"]):
        at = text.find(exact, at) + len(exact)
        expect(at >= len(exact) > 0 and "\0" not in exact, f"these words do not stand there: {exact}")
        expect("\0" in text or text[start:end] == exact, "the words stand at another place")
    whole = "\0" not in text
    expect(not whole or sha256(text.encode()) == snapshot["text_sha256"], "the text is not the one of the hash")
    print("HOLDS:", quote["id"], "in", snapshot["id"], "proof", root, "(whole text)" if whole else "(window)")
