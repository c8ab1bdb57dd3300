#!/usr/bin/env python3
"""Writes inspection.json: the drawing of tasks, receipts and commitments of docs/protocol/inspection.md, said a second time."""
import hashlib, json, struct, sys

def h(*parts):
    return hashlib.blake2b(b''.join(parts), digest_size=32).digest()

def word(d):
    return struct.unpack('<Q', d[:8])[0]

u8, u32, u32be64 = (lambda n: bytes([n])), (lambda n: struct.pack('<I', n)), (lambda n: struct.pack('>Q', n))
account = lambda n: bytes([n]) * 32
store, fetch, inspector = (lambda n: b'\0' + account(n)), (lambda n: b'\1' + account(n)), (lambda n: b'\2' + account(n))
SEED, EPOCH = h(b'seed'), 300

def items(subject, due, deals, count):
    out = [d for d in due if int.from_bytes(d[:8], 'big') in deals][:count]
    i = 0
    while deals and len(out) < count:
        rest = SEED + u32(EPOCH) + subject + u8(i)
        deal = sorted(deals)[word(h(b'stella:item', rest)) % len(deals)]
        out.append(u32be64(deal) + h(b'stella:walk', rest))
        i += 1
    return out if deals else []

def committee(subject, candidates, close, size=9):
    ranked = sorted(candidates, key=lambda c: h(SEED, u32(EPOCH), subject, inspector(c)))
    core = ranked[:size]
    members = set(ranked[:24]) | set([c for c in ranked if c <= 5][:3]) if close else set(core)
    return sorted(members), sorted(core)

def step(walk, depth, sizes):
    sizes = [min(s, 1 << 46) for s in sizes]
    if not sum(sizes):
        sizes = [1] * len(sizes)
    at = word(h(walk, u32(depth))) % sum(sizes)
    for i, s in enumerate(sizes):
        if at < s:
            return i
        at -= s

def compact(n):
    return bytes([n << 2]) if n < 64 else struct.pack('<H', n << 2 | 1) if n < 1 << 14 else struct.pack('<I', n << 2 | 2)

OUTCOMES = ['Ok', 'WrongBytes', 'Refused', 'AskBroken', 'Unreachable']
def scale_verdicts(vs):
    return compact(len(vs)) + b''.join(u8(r) + account(a) + u8(i) + u8(OUTCOMES.index(o)) + (h(b'receipt', u8(i)) if o == 'Ok' else b'') for r, a, i, o in vs)

def scale_changes(es):
    return compact(len(es)) + b''.join(u8(r) + account(a) + u32(s) + u8(st) + u32(w) for r, a, s, st, w in es)

due = [u32be64(7) + h(b'old'), u32be64(8) + h(b'gone')]
item_cases = [dict(subject=s.hex(), due=[d.hex() for d in ds], deals=dl, count=4, items=[x.hex() for x in items(s, ds, dl, 4)])
              for s, ds, dl in [(store(1), [], [3]), (store(1), [], [9, 3, 5, 7]), (store(2), due, [3, 7]), (fetch(1), due, list(range(100, 400))), (store(3), due, [])]]
committee_cases = []
for subject in (store(200), fetch(200), store(201)):
    for close in (False, True):
        for n in (5, 12, 60):
            members, core = committee(subject, list(range(1, n + 1)), close)
            committee_cases.append(dict(subject=subject.hex(), candidates=n, close=close, members=members, core=core))
sizes = [[1], [1, 1], [10, 0, 30, 5], [0, 0, 0], [1 << 62, 1], [262158] * 174]
walks = [dict(walk=h(u8(w)).hex(), depth=d, sizes=s, next=step(h(u8(w)), d, s)) for w in range(3) for d in (0, 1, 63) for s in sizes]
receipts = [dict(inspector=inspector(i).hex(), subject=s.hex(), item=q, leaves=n,
                 leaf=word(h(b'stella:receipt', SEED, inspector(i), s, u8(q))) % n) for i in (1, 2) for s in (store(9), fetch(9)) for q in (0, 3) for n in (1, 1000, 1 << 30)]
path = [h(b'node', u8(i)) for i in range(5)]
verdicts = [[0, 1, 0, 'Ok'], [0, 1, 1, 'WrongBytes'], [0, 2, 0, 'Refused'], [1, 2, 2, 'AskBroken'], [1, 3, 3, 'Unreachable']]
long = [[0, 4, i % 4, 'Unreachable'] for i in range(70)]
changes = [[0, 1, 986000, 1, 0], [1, 2, 0, 2, 0], [2, 3, 1500000, 1, 1500000]]
json.dump(dict(
    about='Vectors of docs/protocol/inspection.md, written by inspection.py. Accounts are one byte repeated 32 times; candidates are accounts 1 to n, of which 1 to 5 are anchors.',
    seed=SEED.hex(), epoch=EPOCH, items=item_cases, committees=committee_cases, walks=walks, receipts=receipts,
    receipt_digest=dict(leaf=h(b'leaf').hex(), path=[p.hex() for p in path], digest=h(h(b'leaf'), *path).hex()),
    commitments=[dict(verdicts=v, salt=h(b'salt').hex(), scale=scale_verdicts(v).hex(), hash=h(scale_verdicts(v), h(b'salt')).hex()) for v in ([], verdicts, long)],
    attestations=[dict(entries=e, state=h(b'state').hex(), scale=scale_changes(e).hex(), digest=h(scale_changes(e), h(b'state')).hex()) for e in ([], changes)],
), open(sys.argv[1] if len(sys.argv) > 1 else 'inspection.json', 'w'), separators=(',', ':'))
