"""Open Document spreadsheets."""

import zipfile
from io import BytesIO

import pytest

from services.ingest.media_type import media_type_of
from services.parse.document import read_document
from services.parse.readers.open_document import read_open_document
from shared.contracts.errors import DamagedDocument, EncryptedDocument, TableTooLarge
from shared.contracts.media import ODS

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("o", "office"), ("t", "table"), ("x", "text"))
)


def ods(rows, *, manifest=""):
    content = f'<o:doc {_NAMES}><t:table t:name="表一">{rows}</t:table></o:doc>'
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", ODS)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return target.getvalue()


def row(*texts):
    cells = "".join(f"<t:table-cell><x:p>{text}</x:p></t:table-cell>" for text in texts)
    return f"<t:table-row>{cells}</t:table-row>"


def texts(grid, number):
    return [cell.text for cell in grid.row(number)]


def test_a_block_is_read():
    content = ods(
        "<t:table-row><t:table-cell><x:p>项目名称</x:p></t:table-cell>"
        '<t:table-cell t:number-columns-spanned="3"><x:p>湿地巡护</x:p></t:table-cell>'
        "<t:covered-table-cell/><t:covered-table-cell/></t:table-row>"
        + row("一级指标", "二级指标", "三级指标", "指标值")
        + row("产出指标", "数量指标", "巡护次数", "≥48次")
    )

    (table,) = read_document(content, file_name="a.ods", media_type=media_type_of(content)).tables

    assert table.projects[0].name == "湿地巡护"
    assert table.projects[0].indicators[0].name == "巡护次数"


def test_a_cell_says_what_it_shows_not_what_it_holds():
    shown = '<t:table-cell o:value-type="percentage" o:value="0.953"><x:p>95%</x:p></t:table-cell>'

    (grid,) = read_open_document(ods(f"<t:table-row>{shown}</t:table-row>")).grids

    assert texts(grid, 0) == ["95%"]


def test_merged_cells_cover_their_positions():
    merged = (
        '<t:table-cell t:number-rows-spanned="2" t:number-columns-spanned="2"><x:p>一</x:p></t:table-cell>'
    )
    covered = "<t:covered-table-cell/>"
    second = f"{covered * 2}<t:table-cell><x:p>三</x:p></t:table-cell>"

    (grid,) = read_open_document(
        ods(
            f"<t:table-row>{merged}{covered}<t:table-cell><x:p>二</x:p></t:table-cell></t:table-row>"
            f"<t:table-row>{second}</t:table-row>"
        )
    ).grids

    assert grid.at(1, 1).text == "一"
    assert texts(grid, 1) == ["一", "三"]


def test_empty_rows_to_the_end_of_the_sheet_cost_nothing():
    rest = (
        '<t:table-row t:number-rows-repeated="1048570">'
        '<t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    )

    (grid,) = read_open_document(ods(row("一", "二") + rest)).grids

    assert (grid.row_count, grid.column_count) == (1, 2)


def test_a_cell_repeated_without_end_is_refused():
    cell = "<t:table-cell><x:p>一</x:p></t:table-cell>"
    bomb = f'<t:table-row t:number-rows-repeated="99999999">{cell}</t:table-row>'

    with pytest.raises(TableTooLarge):
        read_open_document(ods(bomb * 2))


def test_a_password_is_told():
    with pytest.raises(EncryptedDocument):
        read_open_document(ods("", manifest="<manifest:encryption-data/>"))


def test_a_package_without_content_is_damaged():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", ODS)

    with pytest.raises(DamagedDocument):
        read_open_document(target.getvalue())
