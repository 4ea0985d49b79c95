from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("konten", "0004_pruefung_ist_befristet"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="abwesenheit",
            name="abwesenheit_hat_beide_tage",
        ),
        migrations.AlterField(
            model_name="abwesenheit",
            name="bis",
            field=models.DateField(verbose_name="bis"),
        ),
        migrations.AlterField(
            model_name="abwesenheit",
            name="von",
            field=models.DateField(verbose_name="von"),
        ),
    ]
