use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::DispatchError;

fn anchors(accounts: &[AccountId]) -> AnchorsOf<Test> {
    BoundedVec::try_from(accounts.to_vec()).unwrap()
}

#[test]
fn promotes_registered_inspectors_and_remembers_the_rest() {
    chain(|| {
        register(Role::Inspector, 20);

        assert_ok!(Stella::set_anchors(RuntimeOrigin::root(), anchors(&[20, 21])));
        register(Role::Inspector, 21);

        for anchor in [20, 21] {
            let entry = Reputation::<Test>::get(Role::Inspector, anchor).unwrap();
            assert_eq!((entry.standing, entry.weight), (Standing::Trusted, 1_000_000));
        }
        assert!(heard(Event::AnchorsSet { count: 2 }));
        let (from, to) = (Standing::Probation, Standing::Trusted);
        assert!(heard(Event::StandingChanged { role: Role::Inspector, account: 20, from, to, score: 1_000_000 }));
    });
}

#[test]
fn former_anchors_keep_what_they_have() {
    chain(|| {
        register(Role::Inspector, ANCHORS[0]);

        assert_ok!(Stella::set_anchors(RuntimeOrigin::root(), anchors(&[])));

        assert_eq!(Reputation::<Test>::get(Role::Inspector, ANCHORS[0]).unwrap().standing, Standing::Trusted);
        assert!(Anchors::<Test>::get().is_empty());
    });
}

#[test]
fn does_not_pardon_the_disqualified() {
    chain(|| {
        register(Role::Inspector, 20);
        let entry = ReputationEntry { score: 0, standing: Standing::Disqualified, weight: 0, epoch: 0 };
        Reputation::<Test>::insert(Role::Inspector, 20, entry.clone());

        assert_ok!(Stella::set_anchors(RuntimeOrigin::root(), anchors(&[20])));

        assert_eq!(Reputation::<Test>::get(Role::Inspector, 20), Some(entry));
    });
}

#[test]
fn refuses_everybody_but_the_admin() {
    chain(|| {
        for origin in [signed(ANCHORS[0]), RuntimeOrigin::none()] {
            assert_noop!(Stella::set_anchors(origin, anchors(&[20])), DispatchError::BadOrigin);
        }
    });
}
