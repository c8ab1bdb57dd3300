// Drives the embedded chain with dedot: over chainHead_v1 and over the legacy methods.
import assert from 'node:assert/strict';
import { DedotClient, WsProvider } from 'dedot';
import { Keyring } from '@polkadot/keyring';

const url = process.argv[2];
const keyring = new Keyring({ type: 'sr25519' });
const dave = keyring.addFromUri('//Dave');
const bob = keyring.addFromUri('//Bob');

for (const rpcVersion of ['v2', 'legacy']) {
  const client = await DedotClient.new({ provider: new WsProvider(url), rpcVersion });
  assert.equal(client.runtimeVersion.specName, 'stella');

  const heads = [];
  const three = new Promise((resolve) => {
    client.block.finalized(({ number }) => heads.push(number) === 3 && resolve());
  });

  const before = (await client.query.system.account(bob.address)).data.free;
  const transfer = await client.tx.balances
    .transferKeepAlive(bob.address, 1_000_000_000_000n)
    .signAndSend(dave)
    .untilFinalized();
  assert.ok(transfer.events.some(({ event }) => event.pallet === 'Balances' && event.palletEvent.name === 'Transfer'));
  assert.ok((await client.query.system.account(bob.address)).data.free > before);

  const asked = await client.tx.utility
    .batchAll([
      client.tx.stella.topUpCredits(10_000_000_000_000n).call,
      client.tx.stella.requestStorage({
        content: '0x01551220' + 'aa'.repeat(32),
        piece: { root: '0x' + 'cc'.repeat(32), height: 20, padding: 0n },
        replicas: 2,
        periods: 3,
        priceMax: 1_000_000_000n,
        tier: 'Hot',
        source: '0x' + Buffer.from('http://127.0.0.1:1/dedot.car').toString('hex'),
        asset: undefined,
      }).call,
    ])
    .signAndSend(dave)
    .untilFinalized();
  assert.equal(asked.dispatchError, undefined);
  const requested = asked.events.find(({ event }) => event.pallet === 'Stella' && /Request/.test(event.palletEvent.name));
  assert.ok(requested);

  await three;
  assert.deepEqual([heads[1], heads[2]], [heads[0] + 1, heads[0] + 2]);
  console.log(`dedot ${rpcVersion}: ${requested.event.palletEvent.name} in a final block, heads ${heads[0]} to ${heads[2]}`);
  await client.disconnect();
}
