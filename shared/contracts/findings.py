"""
Every code a finding may bear, with its short Chinese name and what it means.

Codes are for programs and never renamed; ``docs/findings.md`` is written from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FindingKind:
    """``label`` is for people who read Chinese, ``meaning`` for those who write programs."""

    label: str
    meaning: str


FINDINGS: Final[Mapping[str, FindingKind]] = {
    "sum_mismatch": FindingKind(
        "合计不符", "A row is not the sum of its columns, or a total not the sum of its rows."
    ),
    "sum_rounded": FindingKind(
        "合计有尾差", "A total differs from its rows by no more than rounding explains."
    ),
    "rows_missing": FindingKind(
        "疑有缺行", "The rows below a total fall short of it: some were lost, or never printed."
    ),
    "row_unread": FindingKind(
        "有行未作项目", "A row without money, goal and indicators was not taken for a project."
    ),
    "row_unreadable": FindingKind("有行未读出", "A row of a text could not be taken apart."),
    "table_unread": FindingKind(
        "有表未读出",
        "A table's rows and columns are not certain, or rows lack their head and fit no table before them.",
    ),
    "amount_unreadable": FindingKind("金额无法读出", "A cell of money holds something that is no number."),
    "amount_column_inferred": FindingKind(
        "金额栏为推断", "A text has lost its blank cells; which column an amount stands in was inferred."
    ),
    "goal_truncated": FindingKind("目标不完整", "A goal begins or ends amid a sentence."),
    "indicator_damaged": FindingKind(
        "指标文字残缺", "An indicator is cut off or melted into its neighbour, and was not read."
    ),
    "value_unterminated": FindingKind(
        "指标值无结尾标点", "The last value of a cell ends without a mark and may go on."
    ),
    "numbering_gap": FindingKind(
        "序号不连续", "The printed numbers of indicators jump, repeat or begin again."
    ),
    "head_unread": FindingKind(
        "表头各栏未读出",
        "Of a table without rules only the indicators are certain; its money and goal were not read.",
    ),
    "hidden_cells": FindingKind(
        "有隐藏的行列", "Rows or columns of a sheet are hidden; what they hold was not read."
    ),
    "number_format_unknown": FindingKind(
        "数字格式未知",
        "A workbook of an old kind holds fractions; whether they are shown as percent is not known.",
    ),
    "head_garbled": FindingKind(
        "表头识别存疑", "One character of a recognised head was read otherwise than it must be meant."
    ),
    "target_year_unknown": FindingKind(
        "指标值年度不明", "Values stand in a column for each year; which of them is the table's is not known."
    ),
    "name_missing": FindingKind("缺指标名称", "An indicator has no name."),
    "value_missing": FindingKind("缺指标值", "An indicator has no value."),
    "annual_missing": FindingKind(
        "缺年度值", "An indicator has no value for the year, though its table has them."
    ),
    "period_missing": FindingKind(
        "缺中长期值", "An indicator has no value for the whole period, though its neighbours have."
    ),
    "duplicate_clause": FindingKind("重复条款", "A clause of an indicator is printed more than once."),
    "unit_conflict": FindingKind("单位冲突", "A value has another unit than its name or its column."),
    "level_blank": FindingKind("级别空白", "A level is blank beside filled ones."),
    "level_contradicts": FindingKind("级别矛盾", "Levels or their codes do not fit together as printed."),
    "weight_unreadable": FindingKind("分值无法读出", "A weight holds something that is no number."),
    "score_sum": FindingKind(
        "得分合计不符", "The scores of an evaluation do not add up to its printed total."
    ),
    "weight_sum": FindingKind(
        "分值合计不符", "The weights of a project's indicators make up neither 100 nor 90."
    ),
    "score_above_weight": FindingKind(
        "得分高于分值", "An indicator of an evaluation has a higher score than it can bring."
    ),
    "execution_rate_mismatch": FindingKind(
        "执行率不符", "A rate of execution is not what was spent of any budget of its row."
    ),
    "target_conflict": FindingKind(
        "前后指标值不一", "Two tables of a document give an indicator of a project different targets."
    ),
    "low_confidence": FindingKind("识别存疑", "OCR was not sure of a character."),
    "garbled_text": FindingKind("文字有损", "Characters that no office prints, or a word damaged by OCR."),
    "text_mixed": FindingKind(
        "混入邻格文字", "A name may hold words of the cell beside it: it has a full stop within."
    ),
    "columns_jumbled": FindingKind(
        "各栏文字交错", "A text whose columns run into each other was not read; its PDF is needed."
    ),
    "text_layer_distrusted": FindingKind("文本层不可信", "The text layer of a page is garbled or hidden."),
    "waiting_for_ocr": FindingKind(
        "有页面等待识别", "Pages without a text layer have not been recognised yet."
    ),
    "page_unreadable": FindingKind(
        "有页面未能识别", "OCR was tried on a page and ended in a code of rejection."
    ),
    "reading_disagrees": FindingKind(
        "两次识读不一", "A second reader made something else of an amount or a doubtful word."
    ),
    "prose_only": FindingKind("仅有文字叙述", "What is promised in figures stands in prose only."),
    "empty_form": FindingKind("空表", "A form holds heads only."),
    "no_table": FindingKind("无绩效表", "The document holds no table of performance goals."),
    "fiscal_year_contradicts": FindingKind("年度矛盾", "Title, cover and header state different years."),
    "hint_contradicts": FindingKind("与上传说明矛盾", "The uploader says otherwise than the document."),
}
