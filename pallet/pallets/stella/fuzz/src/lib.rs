//! Bodies of the fuzz targets: one for each decoder of bytes that users send. A body never panics unless something is
//! wrong; [`TARGETS`] lists them with seeds from which a fuzzer starts.
//!
//! - `cargo fuzz run --features libfuzzer call` where nightly and cargo-fuzz are installed,
//! - `pallet/scripts/fuzz.sh [seconds per target]` with any rustc,
//! - `cargo test -p pallet-stella-fuzz`: seeds, damaged seeds and random bytes without a fuzzer.

mod chain;
mod seeds;

use chain::on_chain;
use codec::{Decode, Encode, MaxEncodedLen};
use pallet_stella::{types::*, AskOf, Call, ChangesOf, VerdictsOf};
use stella_template_runtime::{
    example::{proof_of_zeros, url, INSPECTOR, STORE},
    Runtime, RuntimeCall, UncheckedExtrinsic,
};

/// A body with its name and the seeds for it.
pub struct Target {
    pub name: &'static str,
    pub body: fn(&[u8]),
    pub seeds: fn() -> Vec<Vec<u8>>,
}

macro_rules! targets {
    ($($name:ident),+) => {
        /// All targets.
        pub const TARGETS: &[Target] =
            &[$(Target { name: stringify!($name), body: $name, seeds: seeds::$name }),+];
    };
}

targets!(
    call,
    extrinsic,
    possession_proof,
    multi_proof,
    verdicts,
    changes,
    ask,
    storage_request,
    endpoint,
    receipt,
    archive
);

/// Decodes a value. What decodes must encode to just the bytes that were read, or two texts could mean one thing.
fn decoded<T: Decode + Encode>(bytes: &[u8]) -> Option<T> {
    let rest = &mut &bytes[..];
    let value = T::decode(rest).ok()?;
    assert_eq!(value.encode(), bytes[..bytes.len() - rest.len()], "another text for the same value");
    Some(value)
}

/// The same for a value that is stored, whose length is bounded.
fn bounded<T: Decode + Encode + MaxEncodedLen>(bytes: &[u8]) -> Option<T> {
    let value = decoded::<T>(bytes)?;
    assert!(value.encoded_size() <= T::max_encoded_len(), "longer than its bound");
    Some(value)
}

/// Any call of the runtime, by three accounts.
pub fn call(bytes: &[u8]) {
    if let Some(RuntimeCall::Stella(call)) = decoded::<RuntimeCall>(bytes) {
        on_chain(call);
    }
}

/// A whole transaction.
pub fn extrinsic(bytes: &[u8]) {
    if let Ok(extrinsic) = UncheckedExtrinsic::decode(&mut &bytes[..]) {
        let again = UncheckedExtrinsic::decode(&mut &extrinsic.encode()[..]);
        assert_eq!(again.map(|again| again.encode()), Ok(extrinsic.encode()));
    }
}

/// A proof of possession, as it comes and with the seed that the chain asks for.
pub fn possession_proof(bytes: &[u8]) {
    if let Some(mut proof) = bounded::<PossessionProof>(bytes) {
        on_chain(Call::submit_proof { deal: 0, proof: proof.clone() });
        proof.seed = chain::challenge();
        let true_one = proof == proof_of_zeros(chain::HEIGHT, proof.seed);
        let accepted = on_chain(Call::submit_proof { deal: 0, proof });
        assert_eq!(accepted.activated, true_one, "a false proof was believed, or a true one not");
    }
}

/// A multi-proof, as it comes and with the seed that the chain asks for.
pub fn multi_proof(bytes: &[u8]) {
    if let Some(mut proof) = bounded::<MultiProof>(bytes) {
        on_chain(Call::submit_multi_proof { deal: 0, proof: proof.clone() });
        proof.seed = chain::challenge();
        let true_one = proof == seeds::multi_proof_now();
        let accepted = on_chain(Call::submit_multi_proof { deal: 0, proof });
        assert_eq!(accepted.activated, true_one, "a false proof was believed, or a true one not");
    }
}

/// Verdicts, revealed as they were committed.
pub fn verdicts(bytes: &[u8]) {
    if let Some(verdicts) = bounded::<VerdictsOf<Runtime>>(bytes) {
        let salt = [7; 32];
        let hash = sp_io::hashing::blake2_256(&[verdicts.encode(), salt.to_vec()].concat());
        on_chain(Call::commit_verdicts { epoch: 0, hash });
        on_chain(Call::reveal_verdicts { epoch: 0, salt, verdicts });
    }
}

/// Changes of reputation, attested by their digest.
pub fn changes(bytes: &[u8]) {
    if let Some(changes) = bounded::<ChangesOf<Runtime>>(bytes) {
        let digest = sp_io::hashing::blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat());
        on_chain(Call::attest_reputation { epoch: 0, digest, changes: Some(changes) });
    }
}

/// The ask of a Store.
pub fn ask(bytes: &[u8]) {
    if let Some(ask) = bounded::<AskOf<Runtime>>(bytes) {
        on_chain(Call::publish_ask { ask });
    }
}

/// A request for storage.
pub fn storage_request(bytes: &[u8]) {
    if let Some(request) = bounded::<StorageRequest>(bytes) {
        on_chain(Call::request_storage { request });
    }
}

/// The URL of a role.
pub fn endpoint(bytes: &[u8]) {
    if let Some(endpoint) = bounded::<Endpoint>(bytes) {
        on_chain(Call::update_endpoint { role: Role::Store, endpoint });
    }
}

/// The answer to a question about a verdict.
pub fn receipt(bytes: &[u8]) {
    if let Some(receipt) = bounded::<Receipt>(bytes) {
        on_chain(Call::answer_question { question: 0, receipt });
    }
}

/// A deal on Filecoin.
pub fn archive(bytes: &[u8]) {
    if let Some(archive) = bounded::<FilecoinDeal>(bytes) {
        on_chain(Call::record_archive { deal: 0, archive });
    }
}
