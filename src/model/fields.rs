//! Look-up of the fields of a message.

use super::{Behaviors, Field, FieldId};

/// Fields of a message, with look-up by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    fields: Vec<Field>,
    /// Positions of the fields, sorted by the names in the proto. Of equal names, the first field precedes.
    by_name: Box<[u32]>,
}

impl Fields {
    /// Indexes fields that are in source order.
    pub(crate) fn new(fields: Vec<Field>) -> Self {
        let mut by_name: Box<[u32]> = (0..).take(fields.len()).collect();
        by_name.sort_by(|&left, &right| fields[left as usize].name.proto.cmp(&fields[right as usize].name.proto));
        Self { fields, by_name }
    }

    /// Sets the behaviors of a field.
    pub(crate) fn set_behaviors(&mut self, id: FieldId, behaviors: Behaviors) {
        if let Some(field) = self.fields.get_mut(id.0) {
            field.behaviors = behaviors;
        }
    }

    /// The field with this name in the proto.
    pub(super) fn named(&self, proto: &str) -> Option<FieldId> {
        let name = |position: u32| self.fields[position as usize].name.proto.as_str();
        let first = self.by_name.partition_point(|&position| name(position) < proto);
        let &position = self.by_name.get(first)?;
        (name(position) == proto).then_some(FieldId(position as usize))
    }
}

impl std::ops::Deref for Fields {
    type Target = [Field];

    fn deref(&self) -> &[Field] {
        &self.fields
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = &'a Field;
    type IntoIter = std::slice::Iter<'a, Field>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.iter()
    }
}
