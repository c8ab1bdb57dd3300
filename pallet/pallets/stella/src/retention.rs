//! What is over can be read for `RetentionPeriod` and is forgotten then, so that state does not grow for ever. Things
//! end in the order in which they are forgotten, so a queue serves; it needs no place in the agenda and cannot overflow.

use crate::{types::*, *};
use frame_support::{pallet_prelude::*, weights::WeightMeter};
use sp_runtime::traits::Saturating;

impl<T: Config> Pallet<T> {
    /// A deal or a request is over from now on.
    pub(crate) fn ended(what: Finished) {
        let number = EndedRange::<T>::mutate(|(_, next)| {
            *next += 1;
            *next - 1
        });
        Ended::<T>::insert(number, (what, Self::now()));
    }

    /// Forgets what ended long enough ago, as far as the weight reaches.
    pub(crate) fn forget(meter: &mut WeightMeter) {
        let (first, next) = EndedRange::<T>::get();
        let mut oldest = first;
        while oldest < next && meter.try_consume(T::WeightInfo::forget_item()).is_ok() {
            match Ended::<T>::get(oldest) {
                Some((_, at)) if Self::now() < at.saturating_add(T::RetentionPeriod::get()) => break,
                Some((Finished::Deal(id), _)) => {
                    Deals::<T>::remove(id);
                    Archives::<T>::remove(id);
                },
                Some((Finished::Request(id), _)) => Requests::<T>::remove(id),
                None => (),
            }
            Ended::<T>::remove(oldest);
            oldest += 1;
        }
        if oldest != first {
            EndedRange::<T>::put((oldest, next));
        }
    }
}
