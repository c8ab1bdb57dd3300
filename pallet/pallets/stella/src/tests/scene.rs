//! Situations that several calls begin with.

use crate::{
    mock::*,
    receipts::{self, Inspected},
    types::*,
    *,
};
use codec::Encode;
use frame_support::assert_ok;

/// The Inspector whose verdicts are doubted.
pub const INSPECTOR: AccountId = 20;
/// Who doubts them.
pub const DOUBTER: AccountId = 21;
const SALT: [u8; 32] = [5; 32];

/// First block in which verdicts about epoch 0 are revealed.
pub const REVEAL: u64 = EPOCH + EPOCH / 2;
/// Block from which the reputation of epoch 0 is attested.
pub const ATTESTATION: u64 = 2 * EPOCH + EPOCH / 2;

/// What [`INSPECTOR`] was served of the usual piece for an item of a subject in epoch 0.
pub fn receipt(deal: u64, role: Role, subject: AccountId, item: u8) -> Receipt {
    let seed = Epochs::<Test>::get(0).expect("epoch 0 is kept").seed;
    let inspected = Inspected { inspector: &INSPECTOR, role, subject: &subject, item };
    let leaf = receipts::leaf(&seed, &inspected, Tree::usual().piece().leaf_count());
    Receipt { deal, proof: Tree::usual().answer(leaf as usize) }
}

/// An `Ok` with the digest of that receipt.
pub fn honest(role: Role, subject: AccountId, item: u8) -> Verdict<AccountId> {
    let receipt = receipts::digest(&receipt(0, role, subject, item).proof);
    Verdict { role, subject, item, outcome: Outcome::Ok { receipt } }
}

/// An `Ok` with a digest out of thin air.
pub fn forged(role: Role, subject: AccountId, item: u8) -> Verdict<AccountId> {
    Verdict { role, subject, item, outcome: Outcome::Ok { receipt: [9; 32] } }
}

/// [`INSPECTOR`] reveals these verdicts about epoch 0; now is the first block in which they can be doubted.
pub fn revealed(verdicts: Vec<Verdict<AccountId>>) {
    register(Role::Inspector, INSPECTOR);
    let verdicts: VerdictsOf<Test> = verdicts.try_into().expect("there are few");
    let hash = sp_io::hashing::blake2_256(&[verdicts.encode(), SALT.to_vec()].concat());
    run_to(EPOCH);
    assert_ok!(Stella::commit_verdicts(signed(INSPECTOR), 0, hash));
    run_to(REVEAL);
    assert_ok!(Stella::reveal_verdicts(signed(INSPECTOR), 0, SALT, verdicts));
}

/// [`DOUBTER`] doubts a verdict of [`INSPECTOR`] about epoch 0.
pub fn doubt(role: Role, subject: AccountId, item: u8) -> sp_runtime::DispatchResult {
    plain(Stella::question_verdict(signed(DOUBTER), 0, INSPECTOR, role, subject, item))
}

/// [`DOUBTER`] doubts a verdict of any Inspector about a Store.
pub fn doubt_of(epoch: u32, inspector: AccountId, store: AccountId, item: u8) -> sp_runtime::DispatchResult {
    plain(Stella::question_verdict(signed(DOUBTER), epoch, inspector, Role::Store, store, item))
}

/// All anchors attest for `epoch`, in whose attestation phase the chain is, that an account has this standing.
pub fn adopt(epoch: u32, role: Role, account: AccountId, standing: Standing) {
    let change = ReputationChange { role, account, score: 1_000, standing, weight: 0 };
    let changes = Changes { state: [0; 32], entries: vec![change].try_into().expect("one is few") };
    let digest = sp_io::hashing::blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat());
    for anchor in ANCHORS {
        assert_ok!(Stella::attest_reputation(signed(anchor), epoch, digest, Some(changes.clone())));
    }
}

/// An account that the quorum suspended in epoch 2, which is now.
pub fn suspended(role: Role, account: AccountId) {
    ANCHORS.iter().for_each(|anchor| register(Role::Inspector, *anchor));
    register(role, account);
    run_to(ATTESTATION);
    adopt(0, role, account, Standing::Suspended);
}
