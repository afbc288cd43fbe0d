"""Golden vectors of the signed types, ids and sealing, from a second implementation: plain Python for Keccak, secp256k1 and
RFC 6979, the `cryptography` package for P-256, HKDF and AES-GCM. Written from the design alone.
usage: python3 make-vectors.py > golden-vectors.json   (deterministic)"""
import hashlib, hmac, json
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives import serialization as ser

M = (1 << 64) - 1
RC = []
_r = 1
for _ in range(24):
    c = 0
    for j in range(7):
        if _r & 1: c |= 1 << ((1 << j) - 1)
        _r = (_r << 1) ^ ((_r >> 7) * 0x171)
    RC.append(c)

def rol(x, n): return ((x << n) | (x >> (64 - n))) & M if n else x

def keccak_f(a):
    for rc in RC:
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[(x - 1) % 5] ^ rol(c[(x + 1) % 5], 1) for x in range(5)]
        a = [[a[x][y] ^ d[x] for y in range(5)] for x in range(5)]
        x, y, cur = 1, 0, a[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            cur, a[x][y] = a[x][y], rol(cur, (t + 1) * (t + 2) // 2 % 64)
        a = [[a[x][y] ^ (~a[(x + 1) % 5][y] & M & a[(x + 2) % 5][y]) for y in range(5)] for x in range(5)]
        a[0][0] ^= rc
    return a

def keccak(b):
    p = bytearray(b) + b"\x01" + b"\0" * (-(len(b) + 1) % 136)
    p[-1] |= 0x80
    a = [[0] * 5 for _ in range(5)]
    for o in range(0, len(p), 136):
        for i in range(17): a[i % 5][i // 5] ^= int.from_bytes(p[o + 8 * i:o + 8 * i + 8], "little")
        a = keccak_f(a)
    return b"".join(a[i % 5][i // 5].to_bytes(8, "little") for i in range(4))

assert keccak(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798, 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)

def add(p, q):
    if p is None: return q
    if q is None: return p
    if p[0] == q[0] and (p[1] + q[1]) % P == 0: return None
    l = 3 * p[0] * p[0] * pow(2 * p[1], -1, P) if p == q else (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (l * l - p[0] - q[0]) % P
    return x, (l * (p[0] - x) - p[1]) % P

def mul(k, p):
    r = None
    while k:
        if k & 1: r = add(r, p)
        p, k = add(p, p), k >> 1
    return r

def address(d):
    x, y = mul(d, G)
    return keccak(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]

def sign(d, h):
    k, v, x = b"\0" * 32, b"\1" * 32, d.to_bytes(32, "big") + (int.from_bytes(h, "big") % N).to_bytes(32, "big")
    mac = lambda k, m: hmac.new(k, m, hashlib.sha256).digest()
    k = mac(k, v + b"\0" + x); v = mac(k, v); k = mac(k, v + b"\1" + x); v = mac(k, v)
    while True:
        v = mac(k, v); n = int.from_bytes(v, "big")
        if 0 < n < N: break
        k = mac(k, v + b"\0"); v = mac(k, v)
    rx, ry = mul(n, G)
    s = pow(n, -1, N) * (int.from_bytes(h, "big") + rx * d) % N
    odd = ry & 1
    if s > N // 2: s, odd = N - s, odd ^ 1
    return rx.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + odd])

def word(v): return v.to_bytes(32, "big") if isinstance(v, int) else v.rjust(32, b"\0")

def domain(chain, contract):
    return keccak(keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
                  + keccak(b"Compute Grid") + keccak(b"1") + word(chain) + word(contract))

def digest(sep, type_, values): return keccak(b"\x19\x01" + sep + keccak(keccak(type_.encode()) + b"".join(word(v) for v in values)))

hx = lambda b: "0x" + b.hex()
fill = lambda n, size=32: bytes([n]) * size
OPERATOR, NODE, TENANT, OWNER = 1, 2, 3, 4
A = {k: address(k) for k in (OPERATOR, NODE, TENANT, OWNER)}
LEASE, AUTH = fill(0x11), fill(0x22)
TYPES = [
  ("Authorization", TENANT, "Authorization(address operator,address payer,address signer,bytes32 mandate,uint64 sequence,bytes32 deployment,bytes32 manifestHash,uint64 maxRatePerHour,uint64 maxTotal,uint64 cumulativeMax,uint64 expiry,bytes32 beacon)",
   [A[OPERATOR], A[TENANT], A[TENANT], fill(0), 7, fill(0), fill(0x33), 1_500_000, 9_000_000, 20_000_000, 1_800_000_000, fill(0x44)]),
  ("Offer", NODE, "Offer(address provider,address owner,bytes32 termsHash,uint64 version,uint64 expiry)", [A[NODE], A[OWNER], fill(0x55), 3, 1_800_000_000]),
  ("Acceptance", NODE, "Acceptance(bytes32 lease,bytes32 authorization,address provider,uint64 token,bytes32 bindingsHash,uint64 ratePerHour,uint32 feePpm,uint64 expiry)",
   [LEASE, AUTH, A[NODE], 42, fill(0x66), 1_250_000, 10_000, 1_800_000_000]),
  ("Opening", OPERATOR, "Opening(bytes32 lease,bytes32 authorization,address provider,uint64 token,bytes32 bindingsHash,uint64 ratePerHour,uint32 feePpm,uint64 expiry)",
   [LEASE, AUTH, A[NODE], 42, fill(0x66), 1_250_000, 10_000, 1_800_000_000]),
  ("PaidThrough", OPERATOR, "PaidThrough(bytes32 lease,uint64 seconds)", [LEASE, 3600]),
  ("Receipt", NODE, "Receipt(bytes32 lease,uint64 seconds,uint64 charged,bytes32 contentHash,bytes32 previous)", [LEASE, 120, 41_666, fill(0x77), fill(0x88)]),
  ("Close", OPERATOR, "Close(bytes32 lease,uint64 seconds,uint8 reason)", [LEASE, 121, 7]),
  ("FundOrder", OPERATOR, "FundOrder(address operator,address payer,uint64 amount,bytes32 id)", [A[OPERATOR], A[TENANT], 5_000_000, fill(0x99)]),
  ("LinkTranscript", NODE, "LinkTranscript(uint64 chainId,address operator,address provider,bytes32 operatorKey,bytes32 providerKey,bytes32 operatorNonce,bytes32 providerNonce,uint64 expiry)",
   [31337, A[OPERATOR], A[NODE], fill(0xaa), fill(0xbb), fill(0xcc), fill(0xdd), 1_800_000_000]),
  ("SealingKey", OPERATOR, "SealingKey(address identity,bytes32 keyHash,uint64 expiry)", [A[OPERATOR], fill(0xee), 1_800_000_000]),
  ("OwnerConsent", OWNER, "OwnerConsent(address owner,address provider,uint64 expiry)", [A[OWNER], A[NODE], 1_800_000_000]),
  ("Audit", OWNER, "Audit(address provider,bytes32 subject,uint64 expiry)", [A[NODE], fill(0x5a), 1_800_000_000]),
]
CHAIN, ESCROW = 31337, fill(0xe5, 20)
signed = []
for name, key, type_, values in TYPES:
    local, chain = digest(domain(0, fill(0, 20)), type_, values), digest(domain(CHAIN, ESCROW), type_, values)
    signed.append({"type": name, "encodeType": type_, "signer": hx(A[key]), "localDigest": hx(local), "localSignature": hx(sign(key, local)),
                   "chainDigest": hx(chain), "chainSignature": hx(sign(key, chain))})

deployment = bytes.fromhex(signed[0]["localDigest"][2:])
order = keccak(deployment + keccak("westcoast".encode()) + word(2) + word(5))
lease = keccak(order + word(3))

text = lambda s: len(s.encode()).to_bytes(2, "big") + s.encode()
i32 = lambda n: n.to_bytes(4, "big")
i64 = lambda n: n.to_bytes(8, "big")
bindings = (text("grid.bindings.v1") + i64(1500) + i64(2048) + i64(10) + i64(0) + i64(30) + i64(40)
            + i32(2) + text("GPU-a") + i32(500) + text("GPU-b") + i32(1000)
            + i32(2) + text("api") + i32(8080) + text("web") + i32(80))

def pub(k): return k.public_key().public_bytes(ser.Encoding.X962, ser.PublicFormat.UncompressedPoint)
def pkcs8(k): return k.private_bytes(ser.Encoding.DER, ser.PrivateFormat.PKCS8, ser.NoEncryption())
recipient = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
ephemeral = ec.derive_private_key(0xBEEF, ec.SECP256R1())
shared = ephemeral.exchange(ec.ECDH(), recipient.public_key())
def content_key(info): return HKDF(SHA256(), 32, pub(ephemeral) + pub(recipient), info).derive(shared)
def context(version, purpose, id_, name): return bytes([version, purpose]) + id_ + name.encode()

secret = b"correct horse battery staple"
nonce = bytes(range(12))
sealed = b"\x01" + pub(ephemeral) + nonce + AESGCM(content_key(b"grid sealed v1")).encrypt(nonce, secret, context(1, 3, lease, "web/PASSWORD"))

plain = bytes(i * 7 % 251 for i in range(65536 + 100))
prefix = bytes(range(7))
aead = AESGCM(content_key(b"grid sealed stream v1"))
chunks = [plain[:65536], plain[65536:]]
stream = b"\x11" + pub(ephemeral) + prefix + b"".join(
    aead.encrypt(prefix + i32(i) + bytes([i == len(chunks) - 1]), c, context(0x11, 5, lease, "train/model")) for i, c in enumerate(chunks))

print(json.dumps({
    "keys": {"operator": hx(word(OPERATOR)), "node": hx(word(NODE)), "tenant": hx(word(TENANT)), "owner": hx(word(OWNER))},
    "chainId": CHAIN, "escrow": hx(ESCROW), "signed": signed,
    "ids": {"placement": "westcoast", "ordinal": 2, "generation": 5, "attempt": 3, "deployment": hx(deployment), "order": hx(order), "lease": hx(lease)},
    "bindingsHash": hx(hashlib.sha256(bindings).digest()),
    "sealing": {
        "recipientPkcs8": hx(pkcs8(recipient)),
        "recipientPublicKey": hx(pub(recipient)), "plaintext": secret.decode(), "sealed": hx(sealed), "sealedHash": hx(hashlib.sha256(sealed).digest()),
        "ephemeralPkcs8": hx(pkcs8(ephemeral)), "streamPlaintextSha256": hx(hashlib.sha256(plain).digest()),
        "streamSha256": hx(hashlib.sha256(stream).digest()),
    },
}, indent=2))
