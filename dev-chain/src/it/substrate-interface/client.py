"""Drives the embedded chain with py-substrate-interface."""

import sys

from substrateinterface import Keypair, SubstrateInterface
from substrateinterface.exceptions import SubstrateRequestException

chain = SubstrateInterface(url=sys.argv[1])
eve = Keypair.create_from_uri("//Eve")
bob = Keypair.create_from_uri("//Bob")

chain.init_runtime()
assert chain.runtime_version >= 100, chain.runtime_version
assert chain.properties["tokenSymbol"] == "STL", chain.properties


def free(account):
    return chain.query("System", "Account", [account.ss58_address]).value["data"]["free"]


def final(call, nonce=None):
    extrinsic = chain.create_signed_extrinsic(call=call, keypair=eve, nonce=nonce)
    receipt = chain.submit_extrinsic(extrinsic, wait_for_finalization=True)
    assert receipt.is_success, receipt.error_message
    return [event.value["event"] for event in receipt.triggered_events]


before = free(bob)
transfer = chain.compose_call("Balances", "transfer_keep_alive", {"dest": bob.ss58_address, "value": 10**12})
events = final(transfer)
assert any(e["module_id"] == "Balances" and e["event_id"] == "Transfer" for e in events), events
assert free(bob) > before

top_up = chain.compose_call("Stella", "top_up_credits", {"amount": 10**13})
request = chain.compose_call(
    "Stella",
    "request_storage",
    {
        "request": {
            "content": "0x01551220" + "bb" * 32,
            "piece": {"root": "0x" + "dd" * 32, "height": 20, "padding": 0},
            "replicas": 2,
            "periods": 3,
            "price_max": 10**9,
            "tier": "Hot",
            "source": "http://127.0.0.1:1/python.car",
            "asset": None,
        }
    },
)
events = final(chain.compose_call("Utility", "batch_all", {"calls": [top_up, request]}))
requested = [e["event_id"] for e in events if e["module_id"] == "Stella" and "Request" in e["event_id"]]
assert requested, events

try:
    final(transfer, nonce=0)
    raise AssertionError("a used nonce was taken")
except SubstrateRequestException as refused:
    assert "outdated" in str(refused), refused

heads = []


def seen(head, update_nr, subscription_id):
    heads.append(head["header"]["number"])
    return True if len(heads) == 3 else None


chain.subscribe_block_headers(seen, finalized_only=True)
assert heads[1:] == [heads[0] + 1, heads[0] + 2], heads
print(f"substrate-interface: {requested[0]} in a final block, heads {heads[0]} to {heads[2]}")
chain.close()
