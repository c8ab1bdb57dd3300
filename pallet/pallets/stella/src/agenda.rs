//! The agenda: what the chain itself does at a block (DL-4).
//!
//! Every live deal and every open request stands in the one slot that it names (`deadline`, `expires_at`). A slot is
//! bounded so that a full one fits [`Config::HookWeight`]; what does not fit goes to the next slot. An item whose deal
//! or request has moved on meanwhile is passed over, so that ending something early never has to search a slot.

use crate::{types::*, *};
use frame_support::{pallet_prelude::*, storage::with_storage_layer, weights::WeightMeter};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
    traits::{One, Saturating},
    DispatchError,
};

/// Slots that a call looks at for a free place.
pub(crate) const PROBES_MAX: u32 = 32;
/// Slots that the weight of an item covers; for more it takes what is left of the block's.
pub(crate) const PROBES_OF_ITEM: u32 = 4;

/// How many slots may still be looked at for a free place.
pub(crate) struct Probes(u32);

impl Probes {
    /// What the weight of a call covers.
    pub(crate) fn of_call() -> Self {
        Self(PROBES_MAX)
    }
}

impl<T: Config> Pallet<T> {
    /// Puts `item` into the first slot with room from `wanted` on, never into a past one, and says which.
    pub(crate) fn schedule(
        item: AgendaItemOf<T>,
        wanted: BlockNumberFor<T>,
        probes: &mut Probes,
    ) -> Result<BlockNumberFor<T>, DispatchError> {
        let places = Self::places(&item) as usize;
        let mut slot = wanted.max(Self::now().saturating_add(One::one()));
        loop {
            ensure!(probes.0 > 0, Error::<T>::AgendaFull);
            probes.0 -= 1;
            let taken = Agenda::<T>::decode_len(slot).unwrap_or(0);
            if taken < places && Agenda::<T>::try_append(slot, &item).is_ok() {
                return Ok(slot);
            }
            slot.saturating_inc();
        }
    }

    /// Places of a slot that items of this kind can take. What costs its author next to nothing, an open request,
    /// leaves room for what others depend on: for deals, and above all for questions, whose time is short.
    fn places(item: &AgendaItemOf<T>) -> u32 {
        let all = T::MaxAgenda::get();
        match item {
            AgendaItem::RequestExpiry(_) => all / 2,
            AgendaItem::Deal(_) | AgendaItem::Appeal(..) => all - all / 4,
            AgendaItem::Question(_) => all,
        }
    }

    /// Works off what is due up to `now`, oldest first, as far as the weight reaches, then prunes old evidence
    /// and forgets what is long over.
    pub(crate) fn work_off(now: BlockNumberFor<T>) -> Weight {
        let mut meter = WeightMeter::with_limit(T::HookWeight::get());
        let mut cursor = AgendaCursor::<T>::get().unwrap_or(now);
        while cursor <= now && meter.try_consume(T::WeightInfo::agenda_slot(T::MaxAgenda::get())).is_ok() {
            let mut items = Agenda::<T>::take(cursor);
            let done = items.iter().take_while(|item| Self::work_off_item(item, cursor, &mut meter)).count();
            if done < items.len() {
                items.drain(..done);
                Agenda::<T>::insert(cursor, items);
                break;
            }
            cursor.saturating_inc();
        }
        AgendaCursor::<T>::put(cursor);
        Self::prune(&mut meter);
        Self::forget(&mut meter);
        meter.consumed()
    }

    /// Whether the item is done; if not, it waits for the next block.
    fn work_off_item(item: &AgendaItemOf<T>, slot: BlockNumberFor<T>, meter: &mut WeightMeter) -> bool {
        if meter.try_consume(T::WeightInfo::agenda_item()).is_err() {
            return false;
        }
        // A longer search than the weight of the item covers may use what is left.
        let spare = meter.remaining().checked_div_per_component(&T::WeightInfo::agenda_probe()).unwrap_or(0);
        let limit = PROBES_OF_ITEM.saturating_add(spare.try_into().unwrap_or(u32::MAX));
        let mut probes = Probes(limit);
        let outcome = with_storage_layer(|| match item {
            AgendaItem::RequestExpiry(id) => Self::expire_request(*id, slot),
            AgendaItem::Deal(id) => Self::deal_due(*id, slot, &mut probes),
            AgendaItem::Question(id) => Self::question_due(*id, slot),
            AgendaItem::Appeal(role, account) => Self::appeal_due(*role, account, slot),
        });
        let searched = limit.saturating_sub(probes.0).saturating_sub(PROBES_OF_ITEM);
        meter.consume(T::WeightInfo::agenda_probe().saturating_mul(searched.into()));
        outcome.is_ok()
    }

    /// Removes evidence of epochs that nobody needs any more, as far as the weight reaches.
    fn prune(meter: &mut WeightMeter) {
        let current = CurrentEpoch::<T>::get();
        let mut epoch = PruneCursor::<T>::get();
        while epoch.saturating_add(EPOCHS_OF_EVIDENCE) < current {
            if !Self::prune_epoch(epoch, meter) {
                break;
            }
            epoch += 1;
        }
        PruneCursor::<T>::put(epoch);
    }

    /// Whether nothing of the epoch is left.
    fn prune_epoch(epoch: u32, meter: &mut WeightMeter) -> bool {
        macro_rules! empty {
            ($($map:ident),+) => {{
                $(loop {
                    if meter.try_consume(T::WeightInfo::prune_item()).is_err() {
                        return false;
                    }
                    let Some(key) = $map::<T>::iter_key_prefix(epoch).next() else { break };
                    $map::<T>::remove(epoch, key);
                })+
            }};
        }
        empty!(Commits, Reveals, HardRecords, Attestations, Carried, QuestionOf, Voided);
        true
    }

    /// Number of items in a slot, without decoding them.
    #[cfg(test)]
    pub(crate) fn slot_len(slot: BlockNumberFor<T>) -> usize {
        Agenda::<T>::decode_len(slot).unwrap_or(0)
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        frame_system::Pallet::<T>::block_number()
    }
}

/// Epochs before the current one whose evidence stays.
const EPOCHS_OF_EVIDENCE: u32 = 4;
