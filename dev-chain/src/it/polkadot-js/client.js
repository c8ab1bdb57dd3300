// Drives the embedded chain with @polkadot/api, as an app does.
import assert from 'node:assert/strict';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';

const url = process.argv[2];
const api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true });
const keyring = new Keyring({ type: 'sr25519' });
const alice = keyring.addFromUri('//Alice');
const bob = keyring.addFromUri('//Bob');

assert.equal(api.runtimeVersion.specName.toString(), 'stella');
assert.ok(api.tx.stella.requestStorage, 'the metadata has stella.requestStorage');

const heads = new Promise((resolve) => {
  const numbers = [];
  api.rpc.chain.subscribeFinalizedHeads((head) => {
    numbers.push(head.number.toNumber());
    if (numbers.length === 3) resolve(numbers);
  });
});

// Resolves with the events once the transaction is final; rejects when it failed or left the pool.
const final = (tx, signer) =>
  new Promise((resolve, reject) => {
    const seen = [];
    tx.signAndSend(signer, { nonce: -1 }, ({ status, events, dispatchError }) => {
      seen.push(status.type);
      if (dispatchError) reject(new Error(api.registry.findMetaError(dispatchError.asModule).name));
      if (status.isInvalid || status.isDropped) reject(new Error(status.type));
      if (status.isFinalized) resolve({ events: events.map(({ event }) => event), seen });
    }).catch(reject);
  });

const before = (await api.query.system.account(bob.address)).data.free.toBigInt();
const transfer = await final(api.tx.balances.transferKeepAlive(bob.address, 1_000_000_000_000n), alice);
const after = (await api.query.system.account(bob.address)).data.free.toBigInt();
assert.equal(after - before, 1_000_000_000_000n);
assert.ok(transfer.events.some((event) => api.events.balances.Transfer.is(event)));
assert.deepEqual(transfer.seen.slice(0, 1), ['Ready']);

const request = {
  content: '0x01551220' + 'ab'.repeat(32),
  piece: { root: '0x' + 'cd'.repeat(32), height: 20, padding: 0 },
  replicas: 2,
  periods: 3,
  priceMax: 1_000_000_000n,
  tier: 'Hot',
  source: 'http://127.0.0.1:1/pjs.car',
  asset: null,
};
const asked = await final(
  api.tx.utility.batchAll([api.tx.stella.topUpCredits(10_000_000_000_000n), api.tx.stella.requestStorage(request)]),
  alice,
);
const requested = asked.events.find(({ section, method }) => section === 'stella' && /Request/.test(method));
assert.ok(requested, `events: ${asked.events.map(({ section, method }) => `${section}.${method}`)}`);

const fee = await api.tx.balances.transferKeepAlive(bob.address, 1n).paymentInfo(alice);
assert.ok(fee.partialFee.toBigInt() > 0n);
await assert.rejects(api.tx.balances.transferKeepAlive(bob.address, 1n).signAndSend(alice, { nonce: 0 }), /outdated/);

const [first, second, third] = await heads;
assert.deepEqual([second, third], [first + 1, first + 2]);
console.log(`polkadot-js: ${requested.method} in a final block, heads ${first} to ${third}`);
await api.disconnect();
