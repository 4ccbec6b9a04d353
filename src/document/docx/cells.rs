//! Properties of table rows and cells → the steps that stand for them, changed in place.

use super::look::is_on;
use super::tags::Tag;
use super::walk::Walk;
use crate::document::story::Step;
use crate::document::xml::Element;

impl Walk<'_> {
    pub(super) fn row_property(&mut self, property: &Element) {
        let (Some(row), Some(sink)) = (self.rows.last_mut(), self.sinks.last_mut()) else { return };
        match property.local() {
            "tblHeader" => row.header = is_on(property),
            "gridBefore" => {
                if let Some(Step::Row { free }) = sink.steps.get_mut(row.step) {
                    *free = property.number("val").unwrap_or(0);
                }
            }
            // Tracked as deleted.
            "del" => {
                if matches!(sink.steps.get(row.step), Some(Step::Row { .. })) {
                    sink.steps.truncate(row.step);
                }
                self.hide_all(Tag::Row);
            }
            _ => {}
        }
    }

    pub(super) fn cell_property(&mut self, property: &Element) {
        let (Some(row), Some(sink)) = (self.rows.last_mut(), self.sinks.last_mut()) else { return };
        let continues = property.attribute("val").is_none_or(|v| v != "restart");
        match (property.local(), sink.steps.get_mut(row.cell)) {
            ("gridSpan", Some(Step::Cell(cell))) => cell.columns = property.number("val").unwrap_or(1),
            ("gridSpan", Some(Step::Covered { columns })) => *columns = property.number("val").unwrap_or(1),
            ("vMerge", Some(step @ Step::Cell(_))) if continues => {
                let columns = if let Step::Cell(cell) = step { cell.columns } else { 1 };
                *step = Step::Covered { columns };
            }
            ("cellDel", Some(_)) => {
                sink.steps.truncate(row.cell);
                self.hide_all(Tag::Cell);
            }
            _ => {}
        }
    }
}
