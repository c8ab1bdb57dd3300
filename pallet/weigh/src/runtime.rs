//! A runtime's wasm on a fresh state.

use codec::{Decode, Encode};
use sc_client_db::BenchmarkingState;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, RuntimeCode, WrappedRuntimeCode};
use sp_externalities::Extensions;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{InMemoryBackend, OverlayedChanges, StateMachine};
use sp_storage::{well_known_keys::CODE, Storage};
use std::{borrow::Cow, error::Error};

type HostFunctions = (sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);
type Answer<R> = Result<R, Box<dyn Error>>;

pub struct Runtime {
    code: Vec<u8>,
    hash: Vec<u8>,
    executor: WasmExecutor<HostFunctions>,
    state: BenchmarkingState<BlakeTwo256>,
}

impl Runtime {
    /// On the state of the preset `development`. With `counting` each storage access is recorded, which takes time.
    pub fn new(code: Vec<u8>, counting: bool) -> Answer<Self> {
        let hash = sp_io::hashing::blake2_256(&code).to_vec();
        let executor = WasmExecutor::builder().with_max_runtime_instances(2).with_runtime_cache_size(2).build();
        let state = BenchmarkingState::new(genesis(&executor, &code, &hash)?, None, counting, counting)?;
        Ok(Self { code, hash, executor, state })
    }

    /// Calls an entry of the runtime and decodes what it answers.
    pub fn call<R: Decode>(&self, entry: &str, input: &[u8], context: CallContext) -> Answer<R> {
        let wrapped = WrappedRuntimeCode(Cow::Borrowed(&self.code));
        let runtime_code = RuntimeCode { code_fetcher: &wrapped, heap_pages: None, hash: self.hash.clone() };
        let (mut overlay, mut extensions) = (OverlayedChanges::default(), Extensions::default());
        let answer = StateMachine::new(
            &self.state,
            &mut overlay,
            &self.executor,
            entry,
            input,
            &mut extensions,
            &runtime_code,
            context,
        )
        .execute()
        .map_err(|e| format!("{entry}: {e}"))?;
        Ok(R::decode(&mut &answer[..])?)
    }
}

/// The state that the runtime itself makes of its preset.
fn genesis(executor: &WasmExecutor<HostFunctions>, code: &[u8], hash: &[u8]) -> Answer<Storage> {
    let wrapped = WrappedRuntimeCode(Cow::Borrowed(code));
    let runtime_code = RuntimeCode { code_fetcher: &wrapped, heap_pages: None, hash: hash.to_vec() };
    let mut bare = Storage::default();
    bare.top.insert(CODE.to_vec(), code.to_vec());
    let state = InMemoryBackend::<BlakeTwo256>::from((bare, Default::default()));
    let mut overlay = OverlayedChanges::default();
    let mut call = |entry: &str, input: &[u8]| -> Answer<Vec<u8>> {
        let mut extensions = Extensions::default();
        let context = CallContext::Offchain;
        let mut machine =
            StateMachine::new(&state, &mut overlay, executor, entry, input, &mut extensions, &runtime_code, context);
        let answer = machine.execute().map_err(|e| format!("{entry}: {e}"));
        Ok(answer?)
    };
    let preset = call("GenesisBuilder_get_preset", &Some("development").encode())?;
    let patch = <Option<Vec<u8>>>::decode(&mut &preset[..])?.ok_or("the runtime has no preset `development`")?;
    let defaults = <Option<Vec<u8>>>::decode(&mut &call("GenesisBuilder_get_preset", &None::<String>.encode())?[..])?;
    let mut config: serde_json::Value = serde_json::from_slice(&defaults.ok_or("the runtime has no default genesis")?)?;
    merge(&mut config, serde_json::from_slice(&patch)?);
    let built = call("GenesisBuilder_build_state", &serde_json::to_vec(&config)?.encode())?;
    <Result<(), String>>::decode(&mut &built[..])??;

    let mut storage = Storage::default();
    storage.top.insert(CODE.to_vec(), code.to_vec());
    for (key, change) in overlay.changes_mut() {
        if let Some(value) = change.value() {
            storage.top.insert(key.clone(), value.clone());
        }
    }
    Ok(storage)
}

/// A preset is a patch over the default configuration.
fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
    use serde_json::Value::Object;
    match (into, patch) {
        (Object(fields), Object(patch)) => {
            for (name, value) in patch {
                merge(fields.entry(name).or_insert(serde_json::Value::Null), value);
            }
        }
        (into, value) => *into = value,
    }
}
