//! The event queue: events leave in the order of `(time, priority, serial)`.
//!
//! Guarantees:
//! - `now` never goes back, and an event never happens before it was due.
//! - At equal times the lower [`Priority`] goes first; at equal priorities, insertion order (S-SIM-02).
//! - A cancelled event leaves the queue at once, so the queue holds only what will happen and
//!   [`Kernel::next_time`] is exact.
//!
//! A heap with four children a node, whose nodes know their places: `schedule`, `cancel` and `pop` take
//! O(log n), `next_time` O(1). Memory is that of the most events ever pending at once.

use crate::time::Time;

/// Who goes first among events at one time: the lower number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Priority(pub u8);

impl Priority {
    /// Before everything ordinary at the same time.
    pub const EARLY: Priority = Priority(64);
    /// What an event has unless there is a reason.
    pub const NORMAL: Priority = Priority(128);
    /// After everything ordinary at the same time.
    pub const LATE: Priority = Priority(192);
}

/// Names one scheduled event, for cancellation. A key of an event that has happened is harmless: it
/// never names another one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct EventKey {
    slot: u32,
    generation: u32,
}

/// A place in the heap.
#[derive(Clone, Copy)]
struct Node {
    time: Time,
    /// Priority in the top byte, serial below.
    order: u64,
    slot: u32,
}

impl Node {
    fn is_before(&self, other: &Node) -> bool {
        (self.time, self.order) < (other.time, other.order)
    }
}

/// Where an event waits. Invariant: `event.is_some()` exactly when `heap[places[slot]].slot` is this slot.
struct Slot<E> {
    event: Option<E>,
    /// Counts the events that this slot has held.
    generation: u32,
}

/// The queue of everything that will happen, and the present.
pub struct Kernel<E> {
    now: Time,
    serial: u64,
    heap: Vec<Node>,
    slots: Vec<Slot<E>>,
    /// Per slot: the index in the heap while an event waits there. Apart from the slots, because every
    /// move in the heap writes one: as dense numbers they stay in the cache.
    places: Vec<u32>,
    free: Vec<u32>,
}

const CHILDREN: usize = 4;

impl<E> Default for Kernel<E> {
    fn default() -> Self {
        Kernel::new()
    }
}

impl<E> Kernel<E> {
    /// An empty queue at time zero.
    pub fn new() -> Kernel<E> {
        Kernel { now: Time::ZERO, serial: 0, heap: Vec::new(), slots: Vec::new(), places: Vec::new(), free: Vec::new() }
    }

    /// The present: the time of the event last popped.
    pub fn now(&self) -> Time {
        self.now
    }

    /// How many events wait.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Nothing will happen any more.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// When the next event happens. O(1).
    pub fn next_time(&self) -> Option<Time> {
        self.heap.first().map(|node| node.time)
    }

    /// Puts an event at `at`, after all that are there with the same time and [`Priority::NORMAL`].
    /// `at` must not be in the past. O(log n).
    pub fn schedule(&mut self, at: Time, event: E) -> EventKey {
        self.schedule_with(at, Priority::NORMAL, event)
    }

    /// As [`Kernel::schedule`], with a priority among equal times.
    pub fn schedule_with(&mut self, at: Time, priority: Priority, event: E) -> EventKey {
        assert!(at >= self.now, "an event is scheduled at {at}, now is {}", self.now);
        let order = u64::from(priority.0) << 56 | self.serial;
        self.serial += 1;
        let place = self.heap.len() as u32;
        let slot = match self.free.pop() {
            Some(slot) => {
                let held = &mut self.slots[slot as usize];
                held.event = Some(event);
                held.generation = held.generation.wrapping_add(1);
                slot
            }
            None => {
                self.slots.push(Slot { event: Some(event), generation: 0 });
                self.places.push(place);
                self.slots.len() as u32 - 1
            }
        };
        self.heap.push(Node { time: at, order, slot });
        self.rise(place as usize);
        EventKey { slot, generation: self.slots[slot as usize].generation }
    }

    /// Takes an event out before it happens; `None` when it has happened or been cancelled. O(log n).
    pub fn cancel(&mut self, key: EventKey) -> Option<E> {
        let slot = self.slots.get_mut(key.slot as usize)?;
        if slot.generation != key.generation {
            return None;
        }
        let event = slot.event.take()?;
        let place = self.places[key.slot as usize] as usize;
        self.free.push(key.slot);
        self.remove(place);
        Some(event)
    }

    /// Whether the event is still to come.
    pub fn is_pending(&self, key: EventKey) -> bool {
        self.slots.get(key.slot as usize).is_some_and(|s| s.generation == key.generation && s.event.is_some())
    }

    /// Goes to the next event and takes it out. O(log n).
    pub fn pop(&mut self) -> Option<(Time, E)> {
        let node = *self.heap.first()?;
        let event = self.slots[node.slot as usize].event.take()?;
        self.free.push(node.slot);
        self.remove(0);
        self.now = node.time;
        Some((node.time, event))
    }

    /// Takes the node at `place` out of the heap and closes the gap.
    fn remove(&mut self, place: usize) {
        let Some(last) = self.heap.pop() else { return };
        if place == self.heap.len() {
            return;
        }
        self.heap[place] = last;
        if place > 0 && last.is_before(&self.heap[(place - 1) / CHILDREN]) {
            self.rise(place);
        } else {
            self.sink(place);
        }
    }

    fn rise(&mut self, mut place: usize) {
        let node = self.heap[place];
        while place > 0 {
            let parent = (place - 1) / CHILDREN;
            if !node.is_before(&self.heap[parent]) {
                break;
            }
            self.put(place, self.heap[parent]);
            place = parent;
        }
        self.put(place, node);
    }

    fn sink(&mut self, mut place: usize) {
        let node = self.heap[place];
        loop {
            let first = place * CHILDREN + 1;
            let end = (first + CHILDREN).min(self.heap.len());
            if first >= end {
                break;
            }
            let mut least = first;
            for child in first + 1..end {
                if self.heap[child].is_before(&self.heap[least]) {
                    least = child;
                }
            }
            if !self.heap[least].is_before(&node) {
                break;
            }
            self.put(place, self.heap[least]);
            place = least;
        }
        self.put(place, node);
    }

    fn put(&mut self, place: usize, node: Node) {
        self.heap[place] = node;
        self.places[node.slot as usize] = place as u32;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drain(kernel: &mut Kernel<u32>) -> Vec<(u64, u32)> {
        std::iter::from_fn(|| kernel.pop()).map(|(at, event)| (at.0, event)).collect()
    }

    #[test]
    fn equal_times_keep_insertion_order() {
        let mut kernel = Kernel::new();
        for event in 0..100 {
            kernel.schedule(Time(7), event);
        }
        assert_eq!(drain(&mut kernel), (0..100).map(|e| (7, e)).collect::<Vec<_>>());
    }

    #[test]
    fn a_lower_priority_number_goes_first_among_equal_times_only() {
        let mut kernel = Kernel::new();
        kernel.schedule_with(Time(2), Priority::EARLY, 3);
        kernel.schedule_with(Time(1), Priority::LATE, 2);
        kernel.schedule_with(Time(1), Priority::NORMAL, 1);
        kernel.schedule_with(Time(1), Priority::EARLY, 0);
        assert_eq!(drain(&mut kernel), [(1, 0), (1, 1), (1, 2), (2, 3)]);
    }

    #[test]
    fn a_key_of_a_past_event_never_cancels_another() {
        let mut kernel = Kernel::new();
        let key = kernel.schedule(Time(1), 0);
        assert_eq!(kernel.pop(), Some((Time(1), 0)));
        let other = kernel.schedule(Time(2), 1);
        assert_eq!(kernel.cancel(key), None);
        assert!(kernel.is_pending(other) && !kernel.is_pending(key));
        assert_eq!(kernel.cancel(other), Some(1));
        assert_eq!(kernel.cancel(other), None);
        assert_eq!(kernel.next_time(), None);
    }

    #[test]
    #[should_panic(expected = "an event is scheduled at 1 ns, now is 5 ns")]
    fn the_past_cannot_be_scheduled() {
        let mut kernel = Kernel::new();
        kernel.schedule(Time(5), 0);
        kernel.pop();
        kernel.schedule(Time(1), 1);
    }

    /// A step of a random program against the queue.
    #[derive(Clone, Debug)]
    enum Step {
        Schedule(u64, u8),
        Cancel(usize),
        Pop,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (0u64..20, 0u8..3).prop_map(|(after, priority)| Step::Schedule(after, priority)),
            1 => (0usize..64).prop_map(Step::Cancel),
            2 => Just(Step::Pop),
        ]
    }

    proptest! {
        #[test]
        fn the_queue_agrees_with_a_sorted_list(steps in prop::collection::vec(step(), 0..300)) {
            let mut kernel = Kernel::new();
            let mut list: Vec<(Time, u8, u32)> = Vec::new();
            let mut keys = Vec::new();
            for step in steps {
                match step {
                    Step::Schedule(after, priority) => {
                        let event = keys.len() as u32;
                        let at = Time(kernel.now().0 + after);
                        keys.push(kernel.schedule_with(at, Priority(priority), event));
                        list.push((at, priority, event));
                        list.sort();
                    }
                    Step::Cancel(which) if !keys.is_empty() => {
                        let event = (which % keys.len()) as u32;
                        let place = list.iter().position(|&(_, _, e)| e == event);
                        prop_assert_eq!(kernel.cancel(keys[event as usize]), place.map(|p| list.remove(p).2));
                    }
                    Step::Cancel(_) => {}
                    Step::Pop => {
                        let first = if list.is_empty() { None } else { Some(list.remove(0)) };
                        prop_assert_eq!(kernel.pop(), first.map(|(at, _, event)| (at, event)));
                    }
                }
                prop_assert_eq!(kernel.next_time(), list.first().map(|&(at, ..)| at));
                prop_assert_eq!(kernel.len(), list.len());
            }
        }
    }
}
