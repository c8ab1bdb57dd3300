// Drives the embedded chain with polkadot-api (PAPI), over chainHead_v1, with types read from the chain's metadata.
import assert from 'node:assert/strict';
import { createClient, Binary, Enum } from 'polkadot-api';
import { getWsProvider } from 'polkadot-api/ws';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { WebSocket } from 'ws';
import { getPublicKey, secretFromSeed, sign } from '@scure/sr25519';

const url = process.argv[2];
// The well-known development account Charlie, so that scripts do not share a nonce.
const seed = Uint8Array.from(Buffer.from('bc1ede780f784bb6991a585e4f6e61522c14e1cae6ad0895fb57b9a205a8f938', 'hex'));
const secret = secretFromSeed(seed);
const charlie = getPolkadotSigner(getPublicKey(secret), 'Sr25519', (message) => sign(secret, message));
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

const client = createClient(getWsProvider(url, { websocketClass: WebSocket }));
const api = client.getUnsafeApi();
assert.equal((await api.constants.System.Version()).spec_name, 'stella');

const heads = new Promise((resolve, reject) => {
  const numbers = [];
  client.finalizedBlock$.subscribe({
    next: ({ number }) => numbers.push(number) === 3 && resolve(numbers),
    error: reject,
  });
});

const before = (await api.query.System.Account.getValue(BOB)).data.free;
const transfer = await api.tx.Balances.transfer_keep_alive({ dest: Enum('Id', BOB), value: 1_000_000_000_000n }).signAndSubmit(charlie);
assert.ok(transfer.ok);
assert.ok(transfer.events.some(({ type, value }) => type === 'Balances' && value.type === 'Transfer'));
assert.ok((await api.query.System.Account.getValue(BOB)).data.free > before);

const steps = [];
const batch = api.tx.Utility.batch_all({
  calls: [
    api.tx.Stella.top_up_credits({ amount: 10_000_000_000_000n }).decodedCall,
    api.tx.Stella.request_storage({
      request: {
        content: Binary.fromHex('0x01551220' + 'ba'.repeat(32)),
        piece: { root: '0x' + 'dc'.repeat(32), height: 20, padding: 0n },
        replicas: 2,
        periods: 3,
        price_max: 1_000_000_000n,
        tier: Enum('Hot'),
        source: Binary.fromText('http://127.0.0.1:1/papi.car'),
        asset: undefined,
      },
    }).decodedCall,
  ],
});
const asked = await new Promise((resolve, reject) => {
  batch.signSubmitAndWatch(charlie).subscribe({
    next: (event) => {
      steps.push(event.type);
      if (event.type === 'finalized') resolve(event);
    },
    error: reject,
  });
});
assert.ok(asked.ok, JSON.stringify(asked.dispatchError));
assert.ok(steps.includes('txBestBlocksState'), steps.join());
const requested = asked.events.find(({ type, value }) => type === 'Stella' && /Request/.test(value.type));
assert.ok(requested);

const entries = await api.query.Stella.Requests.getEntries();
assert.ok(entries.length > 0, 'descendantsValues finds the request');
const [first, second, third] = await heads;
assert.deepEqual([second, third], [first + 1, first + 2]);
console.log(`polkadot-api: ${requested.value.type} in a final block, heads ${first} to ${third}`);
client.destroy();
